package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.blob.DestinationSettings;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What shall be deployed where. Travels to the agent; never stored, since it holds secrets.
 *
 * @param health       what the environment must answer afterwards; null where nobody asks
 * @param destinations that keep releases
 * @param proxy        for the Management API; null for direct connections
 */
public record DeployRequest(
        Environment environment,
        Access access,
        DeployPolicy policy,
        ReleaseSource source,
        DeployOptions options,
        DeployInputs inputs,
        HealthRequest health,
        List<DestinationSettings> destinations,
        Origin origin,
        ProxySettings proxy)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public DeployRequest {
        destinations = new ArrayList<>(destinations);
    }

    /** @return a deployment of a folder with all defaults, without a health check */
    public static DeployRequest of(Environment environment, Access access, String directory, Origin origin) {
        return new DeployRequest(
                environment,
                access,
                DeployPolicy.NONE,
                ReleaseSource.folder(directory),
                DeployOptions.DEFAULT,
                DeployInputs.NONE,
                null,
                List.of(),
                origin,
                null);
    }

    public DeployRequest withPolicy(DeployPolicy value) {
        return new DeployRequest(
                environment, access, value, source, options, inputs, health, destinations, origin, proxy);
    }

    public DeployRequest withSource(ReleaseSource value) {
        return new DeployRequest(
                environment, access, policy, value, options, inputs, health, destinations, origin, proxy);
    }

    public DeployRequest withOptions(DeployOptions value) {
        return new DeployRequest(
                environment, access, policy, source, value, inputs, health, destinations, origin, proxy);
    }

    public DeployRequest withInputs(DeployInputs value) {
        return new DeployRequest(
                environment, access, policy, source, options, value, health, destinations, origin, proxy);
    }

    /** @param value null for no check */
    public DeployRequest withHealth(HealthRequest value) {
        return new DeployRequest(
                environment, access, policy, source, options, inputs, value, destinations, origin, proxy);
    }

    public DeployRequest withDestinations(List<DestinationSettings> value) {
        return new DeployRequest(
                environment, access, policy, source, options, inputs, health, value, origin, proxy);
    }

    /** @param value null for direct connections */
    public DeployRequest withProxy(ProxySettings value) {
        return new DeployRequest(
                environment, access, policy, source, options, inputs, health, destinations, origin, value);
    }
}

package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to ask of an environment, and how. Made with {@link #of} and the {@code with…} methods, which return a changed
 * copy. A credential that {@code access} lacks skips the probes that need it.
 *
 * @param functions each edge function to probe
 * @param table     for the REST probe: a table or view of an exposed schema; null for none
 * @param rpc       for the REST probe: a database function without required arguments, called with {@code GET}, so in
 *                  a read-only transaction; null for none
 * @param services  names of services that the Management API is asked about, of {@link #SERVICES}
 * @param skip      kinds not to probe at all; they appear in the report as skipped
 * @param proxy     through which the Management API and the project's endpoints are reached; null for none
 */
public record HealthRequest(
        Environment environment,
        Access access,
        List<FunctionProbe> functions,
        String table,
        String rpc,
        List<String> services,
        Set<ProbeKind> skip,
        Pacing pacing,
        DatabaseLimits limits,
        ProxySettings proxy)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Every service that the Management API's {@code /v1/projects/{ref}/health} knows (OpenAPI document of 2026-05). */
    public static final List<String> SERVICES =
            List.of("auth", "db", "db_postgres_user", "pooler", "realtime", "rest", "storage", "pg_bouncer");

    public HealthRequest {
        functions = new ArrayList<>(functions);
        services = new ArrayList<>(new LinkedHashSet<>(services));
        skip = skip.isEmpty() ? EnumSet.noneOf(ProbeKind.class) : EnumSet.copyOf(skip);
        for (String service : services) {
            if (!SERVICES.contains(service)) {
                throw new DeliveryException("There is no service '" + service + "' that the Management API reports on,"
                        + " so nothing was probed. Name only those that it knows: " + String.join(", ", SERVICES) + ".");
            }
        }
    }

    /** All probes with their defaults, no functions. */
    public static HealthRequest of(Environment environment, Access access) {
        return new HealthRequest(
                environment,
                access,
                List.of(),
                null,
                null,
                SERVICES,
                Set.of(),
                Pacing.DEFAULT,
                DatabaseLimits.DEFAULT,
                null);
    }

    /** Probes these functions in the default way. */
    public HealthRequest withFunctions(Collection<String> slugs) {
        return withFunctionProbes(slugs.stream().map(FunctionProbe::new).toList());
    }

    public HealthRequest withFunctionProbes(List<FunctionProbe> value) {
        return new HealthRequest(environment, access, value, table, rpc, services, skip, pacing, limits, proxy);
    }

    /** @param value null for none */
    public HealthRequest withTable(String value) {
        return new HealthRequest(environment, access, functions, value, rpc, services, skip, pacing, limits, proxy);
    }

    /** @param value null for none */
    public HealthRequest withRpc(String value) {
        return new HealthRequest(environment, access, functions, table, value, services, skip, pacing, limits, proxy);
    }

    /** @throws DeliveryException for a name that is not in {@link #SERVICES} */
    public HealthRequest withServices(List<String> value) {
        return new HealthRequest(environment, access, functions, table, rpc, value, skip, pacing, limits, proxy);
    }

    public HealthRequest withSkip(Set<ProbeKind> value) {
        return new HealthRequest(environment, access, functions, table, rpc, services, value, pacing, limits, proxy);
    }

    public HealthRequest withPacing(Pacing value) {
        return new HealthRequest(environment, access, functions, table, rpc, services, skip, value, limits, proxy);
    }

    public HealthRequest withLimits(DatabaseLimits value) {
        return new HealthRequest(environment, access, functions, table, rpc, services, skip, pacing, value, proxy);
    }

    /** @param value null for a direct connection */
    public HealthRequest withProxy(ProxySettings value) {
        return new HealthRequest(environment, access, functions, table, rpc, services, skip, pacing, limits, value);
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import java.io.Serializable;

/**
 * What shall be deployed where. Travels to the agent; never stored, since it holds secrets.
 *
 * @param directory     the Supabase folder, absolute, on the machine that deploys
 * @param skipFunctions whether edge functions are left as they are
 * @param proxy         for the Management API; null for direct connections
 */
public record DeployRequest(
        Environment environment, Access access, String directory, boolean skipFunctions, ProxySettings proxy)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}

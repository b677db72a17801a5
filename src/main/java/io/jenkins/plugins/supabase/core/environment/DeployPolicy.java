package io.jenkins.plugins.supabase.core.environment;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What administrators decided about deployments to an environment. A Jenkinsfile can ask for more, never for less.
 *
 * @param production  whether real users depend on it, so that settings which only suit a laptop are refused
 * @param allowWeaker keys of {@code config.toml}, dotted, whose change may lower the security of the environment
 * @param trace       whether every plan includes the lock trace
 * @param scratchUrl  {@code postgresql://host:port/database} of a server on which throw-away databases may be created for
 *                    the lock trace; null where the agent starts one of its own
 */
public record DeployPolicy(boolean production, TreeSet<String> allowWeaker, boolean trace, String scratchUrl)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final DeployPolicy NONE = new DeployPolicy(false, new TreeSet<>(), false, null);

    public DeployPolicy(boolean production, Collection<String> allowWeaker, boolean trace, String scratchUrl) {
        this(production, new TreeSet<>(allowWeaker), trace, scratchUrl);
    }

    /** @return what is wrong, in the order of the fields; empty when the policy can be used */
    public List<SettingProblem> problems() {
        String scratch =
                scratchUrl == null ? null : DatabaseUrlRule.problem(scratchUrl, "scratchDatabaseCredentialsId");
        return scratch == null ? List.of() : List.of(new SettingProblem("scratchDatabaseUrl", scratch));
    }
}

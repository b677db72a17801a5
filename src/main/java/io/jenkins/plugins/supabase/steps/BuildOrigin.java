package io.jenkins.plugins.supabase.steps;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;

/** Who started a build, and where it runs: what an environment's ledger keeps of it. */
final class BuildOrigin {
    private static final String UNKNOWN = "unknown";

    private BuildOrigin() {}

    static Origin of(Run<?, ?> run, String operationId) {
        String root = Jenkins.get().getRootUrl();
        return new Origin(
                operationId,
                actor(run),
                root == null ? run.getUrl() : root + run.getUrl(),
                root == null ? host() : root);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return UNKNOWN;
        }
    }

    /** @return ids of the users who started the build, or one that led to it; empty where nobody did, as with a timer */
    static List<String> starters(Run<?, ?> run) {
        Set<String> users = new TreeSet<>();
        collect(run.getCauses(), users);
        return List.copyOf(users);
    }

    private static void collect(List<Cause> causes, Set<String> users) {
        for (Cause cause : causes) {
            if (cause instanceof Cause.UserIdCause user && user.getUserId() != null) {
                users.add(user.getUserId());
            } else if (cause instanceof Cause.UpstreamCause upstream) {
                collect(upstream.getUpstreamCauses(), users);
            }
        }
    }

    /** @return a user's id; where nobody started it, what did, in Jenkins' own words */
    private static String actor(Run<?, ?> run) {
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        if (user != null) {
            return user.getUserId() == null ? "anonymous" : user.getUserId();
        }
        List<Cause> causes = run.getCauses();
        return causes.isEmpty() ? UNKNOWN : causes.get(0).getShortDescription();
    }
}

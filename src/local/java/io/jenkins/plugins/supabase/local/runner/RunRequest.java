package io.jenkins.plugins.supabase.local.runner;

import io.jenkins.plugins.supabase.core.promotion.Voter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param casc        files, or folders of files, that configure a controller
 * @param workspace   where {@code node} works
 * @param user        id of the person who runs it
 * @param parameters  of the build
 * @param environment of the process
 * @param output      where the build's records and artifacts are kept; null for nowhere
 * @param approvers   who is there to approve promotions; empty for {@code user} alone
 */
public record RunRequest(
        Path jenkinsfile,
        List<Path> casc,
        Path workspace,
        String user,
        Map<String, String> parameters,
        Map<String, String> environment,
        Path output,
        List<Voter> approvers) {
    /** @return who is asked to approve promotions, in this order */
    public List<Voter> voters() {
        return approvers.isEmpty() ? List.of(Voter.of(user)) : approvers;
    }

    /** Keeps nothing. */
    public RunRequest(
            Path jenkinsfile,
            List<Path> casc,
            Path workspace,
            String user,
            Map<String, String> parameters,
            Map<String, String> environment) {
        this(jenkinsfile, casc, workspace, user, parameters, environment, null, List.of());
    }
}

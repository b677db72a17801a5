package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.Permission;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/** Whether the user a build runs as may do what its step is about to do. */
final class BuildPermission {
    private BuildPermission() {}

    /**
     * To be called where a step starts: there, Jenkins acts as the user the build runs as. A build that runs as the
     * system, which is so unless an administrator configured otherwise, may do everything.
     *
     * @param sufficient one of these is enough, on the build's job
     * @throws AbortException naming the user and the permission
     */
    static void require(StepContext context, Permission... sufficient) throws IOException, InterruptedException {
        Authentication user = Jenkins.getAuthentication2();
        if (user.equals(ACL.SYSTEM2)) {
            return;
        }
        Run<?, ?> run = context.get(Run.class);
        for (Permission permission : sufficient) {
            if (run.getParent().hasPermission2(user, permission)) {
                return;
            }
        }
        throw refusal(user.getName(), sufficient);
    }

    /**
     * For what no build may do because of its Jenkinsfile alone: one of the users who started it must be allowed to,
     * whatever it runs as.
     *
     * @throws AbortException also where nobody started it, as with a timer
     */
    static void requireOfStarter(StepContext context, Permission permission) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        List<String> starters = BuildOrigin.starters(run);
        if (starters.isEmpty()) {
            throw new AbortException("Nobody started this build by hand, and this takes somebody who has the permission"
                    + " Supabase/" + permission.name + ". Nothing was done. Let somebody start it who has it.");
        }
        for (String starter : starters) {
            User user = User.getById(starter, false);
            if (user != null && run.getParent().hasPermission2(user.impersonate2(), permission)) {
                return;
            }
        }
        throw new AbortException("This build was started by " + String.join(", ", starters)
                + ", who has no permission Supabase/" + permission.name + " on its job. Nothing was done. Let somebody"
                + " start it who has it.");
    }

    private static AbortException refusal(String user, Permission... sufficient) {
        return new AbortException("This build runs as " + user + ", who has no permission "
                + Arrays.stream(sufficient).map(permission -> "Supabase/" + permission.name).collect(Collectors.joining(
                        " or "))
                + " on its job. Nothing was done. Let an administrator give it to " + user
                + " for the job or a folder above it, or let somebody start the build who has it.");
    }
}

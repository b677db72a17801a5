package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import java.io.IOException;
import java.util.Arrays;
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
        throw new AbortException("This build runs as " + user.getName() + ", who has no permission "
                + Arrays.stream(sufficient).map(permission -> "Supabase/" + permission.name).collect(Collectors.joining(
                        " or "))
                + " on its job. Nothing was done. Let an administrator give it to " + user.getName()
                + " for the job or a folder above it, or let somebody start the build who has it.");
    }
}

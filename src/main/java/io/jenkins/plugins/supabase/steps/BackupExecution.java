package io.jenkins.plugins.supabase.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.Permission;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What the executions of all steps about backups have in common. */
abstract class BackupExecution extends AgentOperationExecution {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final String environment;
    private final ArrayList<String> destinations;
    /** Whether the build has a page about it. */
    private boolean begun;

    /** @param function what a Jenkinsfile calls the step */
    BackupExecution(String function, BackupStep step, StepContext context) {
        super(context);
        this.step = function;
        this.environment = step.getEnvironment();
        this.destinations = step.getDestinations() == null ? null : new ArrayList<>(step.getDestinations());
    }

    @Override
    final String environmentName() {
        return environment;
    }

    @Override
    final boolean needsWorkspace() {
        return true;
    }

    @Override
    Permission[] permissions() {
        return new Permission[] {Permissions.BACKUP};
    }

    @Override
    final String step() {
        return step;
    }

    final CredentialLookup lookup() throws IOException, InterruptedException {
        return new CredentialLookup(credentials());
    }

    final BackupPlace place(EnvironmentConfiguration configuration, Access access)
            throws IOException, InterruptedException {
        Origin origin = BuildOrigin.of(getContext().get(Run.class), operationId());
        return BackupPlace.of(step, configuration, destinations, access, origin, lookup());
    }

    final TaskListener listener() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class);
    }

    /** @return who names a credential, for messages */
    final String owner() {
        return "The environment \"" + environment + "\"";
    }

    /** Gives the build a page about it. */
    final void begin() throws IOException, InterruptedException {
        if (!begun) {
            begun = true;
            tellOf("Its page", kept().begin());
            saveState();
        }
    }

    @Override
    final void ending(Throwable cause) {
        if (begun) {
            kept().endWithout(cause);
        }
    }

    /** Ends the step with what came of it, and the address of its page. */
    final void succeed(HashMap<String, Object> result, String page) {
        result.put("page", page);
        getContext().onSuccess(result);
    }

    final KeptBackup kept() {
        return new KeptBackup(getContext(), operationId(), environment, step);
    }
}

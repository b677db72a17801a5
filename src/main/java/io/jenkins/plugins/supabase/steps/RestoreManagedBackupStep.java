package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.Permission;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedRestore;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedRestoreRequest;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedRestoreState;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedRestoreSummary;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedTarget;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Durations;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code restoreManagedBackup environment: 'production', id: 42}: has Supabase restore a backup of its own. */
public class RestoreManagedBackupStep extends Step {
    private static final String FUNCTION = "restoreManagedBackup";

    private final String environment;
    private Long id;
    private String time;
    private String toRestorePoint;
    private String restorePoint = DescriptorImpl.defaultRestorePoint;
    private String timeout = DescriptorImpl.defaultTimeout;
    private String confirm;

    @DataBoundConstructor
    public RestoreManagedBackupStep(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public String getEnvironment() {
        return environment;
    }

    /** @return of a daily backup; null for another target */
    public Long getId() {
        return id;
    }

    /** @param id a form that was not filled in says 0 */
    @DataBoundSetter
    public void setId(Long id) {
        this.id = id == null || id < 1 ? null : id;
    }

    /** @return ISO 8601 with a zone; null for another target */
    public String getTime() {
        return time;
    }

    @DataBoundSetter
    public void setTime(String time) {
        this.time = Util.fixEmptyAndTrim(time);
    }

    /** @return name of the restore point to go back to; null for another target */
    public String getToRestorePoint() {
        return toRestorePoint;
    }

    @DataBoundSetter
    public void setToRestorePoint(String toRestorePoint) {
        this.toRestorePoint = Util.fixEmptyAndTrim(toRestorePoint);
    }

    /** @return whether one is made before */
    public String getRestorePoint() {
        return restorePoint;
    }

    @DataBoundSetter
    public void setRestorePoint(String restorePoint) {
        String trimmed = Util.fixEmptyAndTrim(restorePoint);
        this.restorePoint = trimmed == null ? DescriptorImpl.defaultRestorePoint : trimmed;
    }

    /** @return how long it may take, such as 6h */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        String trimmed = Util.fixEmptyAndTrim(timeout);
        this.timeout = trimmed == null ? DescriptorImpl.defaultTimeout : trimmed;
    }

    /** @return what somebody typed */
    public String getConfirm() {
        return confirm;
    }

    @DataBoundSetter
    public void setConfirm(String confirm) {
        this.confirm = Util.fixEmptyAndTrim(confirm);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, environment);
        try {
            return new Execution(
                    this,
                    ManagedTarget.of(FUNCTION, id, time, toRestorePoint),
                    Choice.of(FUNCTION, "restorePoint", restorePoint, RestorePointRule.class, RestorePointRule::word),
                    Durations.parse(timeout),
                    context);
        } catch (DeliveryException | IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    static final class Execution extends AgentOperationExecution {
        private static final long serialVersionUID = 1L;

        private final String environment;
        private final ManagedTarget target;
        private final RestorePointRule restorePoint;
        private final Duration patience;
        private final String confirm;
        /** Null until Supabase was asked. */
        private ManagedRestoreState state;

        Execution(
                RestoreManagedBackupStep step,
                ManagedTarget target,
                RestorePointRule restorePoint,
                Duration patience,
                StepContext context) {
            super(context);
            this.environment = step.environment;
            this.target = target;
            this.restorePoint = restorePoint;
            this.patience = patience;
            this.confirm = step.confirm;
        }

        @Override
        String environmentName() {
            return environment;
        }

        @Override
        String step() {
            return FUNCTION;
        }

        @Override
        boolean needsWorkspace() {
            return false;
        }

        @Override
        Permission[] permissions() {
            return new Permission[] {Permissions.RESTORE};
        }

        @Override
        public boolean start() throws Exception {
            BuildPermission.require(getContext(), permissions());
            BuildPermission.requireOfStarter(getContext(), Permissions.RESTORE);
            String typed = RestoreTarget.replacing(environment);
            if (!typed.equals(confirm)) {
                throw new AbortException(FUNCTION + " would replace the database of \"" + environment + "\" by "
                        + target.inWords() + ". Nothing was done. Let somebody type what is meant, for example as a"
                        + " parameter of the build, and give it as confirm: '" + typed + "'.");
            }
            return super.start();
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            if (state == null && isGoingOn()) {
                throw new DeliveryException("A restore by Supabase is not begun a second time by itself, after a"
                        + " restart or a lost connection. " + ManagedRestore.goesOn(environment, null)
                        + " Nothing more was done.");
            }
            ManagedRestoreRequest request = new ManagedRestoreRequest(
                    configuration.toEnvironment(),
                    access,
                    target,
                    restorePoint,
                    patience,
                    ManagementOptions.DEFAULT.withProxy(ControllerProxy.settings()),
                    BuildOrigin.of(getContext().get(Run.class), operationId()));
            return new RestoreCall(operationId(), getContext().get(TaskListener.class), request, state);
        }

        @Override
        void completed(Serializable result) throws Exception {
            ManagedRestore.Look look = (ManagedRestore.Look) result;
            ManagedRestoreSummary summary = look.summary();
            if (summary == null) {
                state = look.state();
                saveState();
                launchAfter(ManagedRestore.pause(state));
                return;
            }
            if (!summary.problems().isEmpty()) {
                markUnstable("The database of " + environment + " is back, with something to look at: "
                        + String.join(" ", summary.problems()));
            }
            getContext().onSuccess(ResultMaps.ofRecord(summary));
        }

        @Override
        void ending(Throwable cause) {
            if (cause instanceof InterruptedException) {
                tell(ManagedRestore.goesOn(environment, state));
            }
        }

        @Override
        public String getStatus() {
            return state == null
                    ? "asking Supabase to take the database of " + environment + " back"
                    : "waiting for Supabase to take the database of " + environment + " back: " + state.status();
        }
    }

    /** One step of it: no thread waits between two of them. */
    private static final class RestoreCall extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final ManagedRestoreRequest request;
        private final ManagedRestoreState state;

        /** @param state null to ask Supabase, else to look what it does */
        RestoreCall(
                String operationId, TaskListener listener, ManagedRestoreRequest request, ManagedRestoreState state) {
            super(operationId, listener);
            this.request = request;
            this.state = state;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            ManagedRestore restore = new ManagedRestore(request, progress);
            return state == null ? new ManagedRestore.Look(restore.begin(), null) : restore.look(state);
        }
    }

    @Extension
    public static class DescriptorImpl extends EnvironmentStepDescriptor {
        public static final String defaultRestorePoint = RestorePointRule.IF_POSSIBLE.word();
        public static final String defaultTimeout = "6h";

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Have Supabase restore a backup of its own";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public ListBoxModel doFillRestorePointItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("none", RestorePointRule.NONE.word());
            items.add("if Supabase makes one", RestorePointRule.IF_POSSIBLE.word());
            items.add("required: nothing is restored without", RestorePointRule.REQUIRED.word());
            return items;
        }

        @POST
        public FormValidation doCheckTimeout(@QueryParameter String value) {
            try {
                String trimmed = Util.fixEmptyAndTrim(value);
                Durations.parse(trimmed == null ? defaultTimeout : trimmed);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}

package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.Permission;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.backup.managed.NewRestorePoint;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code createRestorePoint environment: 'production'}: a moment that Supabase can take the database back to. */
public class CreateRestorePointStep extends Step {
    private static final String FUNCTION = "createRestorePoint";

    private final String environment;
    private String name;

    @DataBoundConstructor
    public CreateRestorePointStep(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public String getEnvironment() {
        return environment;
    }

    /** @return null for one with the time in it */
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, environment);
        try {
            return new Execution(environment, NewRestorePoint.name(FUNCTION, name), context);
        } catch (DeliveryException e) {
            throw new AbortException(e.getMessage());
        }
    }

    static final class Execution extends AgentOperationExecution {
        private static final long serialVersionUID = 1L;

        private final String environment;
        private final String name;

        Execution(String environment, String name, StepContext context) {
            super(context);
            this.environment = environment;
            this.name = name;
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
            return new Permission[] {Permissions.BACKUP};
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            return new MakeCall(
                    operationId(),
                    getContext().get(TaskListener.class),
                    configuration.toEnvironment(),
                    access,
                    ManagementOptions.DEFAULT.withProxy(ControllerProxy.settings()),
                    BuildOrigin.of(getContext().get(Run.class), operationId()),
                    name,
                    isGoingOn());
        }

        @Override
        void completed(Serializable result) {
            getContext().onSuccess(ResultMaps.ofRecord(result));
        }

        @Override
        public String getStatus() {
            return "having Supabase make a restore point of " + environment;
        }
    }

    private static final class MakeCall extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final Environment environment;
        private final Access access;
        private final ManagementOptions options;
        private final Origin origin;
        private final String name;
        private final boolean goingOn;

        MakeCall(
                String operationId,
                TaskListener listener,
                Environment environment,
                Access access,
                ManagementOptions options,
                Origin origin,
                String name,
                boolean goingOn) {
            super(operationId, listener);
            this.environment = environment;
            this.access = access;
            this.options = options;
            this.origin = origin;
            this.name = name;
            this.goingOn = goingOn;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            return new NewRestorePoint(environment, access, options, origin, progress).make(name, goingOn);
        }
    }

    @Extension
    public static class DescriptorImpl extends EnvironmentStepDescriptor {
        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Have Supabase make a restore point";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}

package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.deploy.DeployOptions;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.Deployer;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code supabaseDeploy environment: 'staging'}: applies what is pending and brings the edge functions live. */
public class SupabaseDeployStep extends Step {
    private final String environment;
    private String directory = DescriptorImpl.defaultDirectory;
    private boolean skipFunctions;

    @DataBoundConstructor
    public SupabaseDeployStep(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public String getEnvironment() {
        return environment;
    }

    public String getDirectory() {
        return directory;
    }

    @DataBoundSetter
    public void setDirectory(String directory) {
        String trimmed = Util.fixEmptyAndTrim(directory);
        this.directory = trimmed == null ? DescriptorImpl.defaultDirectory : trimmed;
    }

    public boolean isSkipFunctions() {
        return skipFunctions;
    }

    @DataBoundSetter
    public void setSkipFunctions(boolean skipFunctions) {
        this.skipFunctions = skipFunctions;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment("supabaseDeploy", environment);
        return new Execution(this, context);
    }

    /** Plans and applies in two calls, so that the plan is on record before the first change. */
    static final class Execution extends AgentOperationExecution {
        private static final long serialVersionUID = 1L;

        private final String environment;
        private final String directory;
        private final boolean skipFunctions;
        private PlannedDeployment plan;

        Execution(SupabaseDeployStep step, StepContext context) {
            super(context);
            this.environment = step.environment;
            this.directory = step.directory;
            this.skipFunctions = step.skipFunctions;
        }

        @Override
        String environmentName() {
            return environment;
        }

        @Override
        boolean needsWorkspace() {
            return true;
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            DeployRequest request = DeployRequest.of(
                            configuration.toEnvironment(),
                            access,
                            getContext().get(FilePath.class).child(directory).getRemote(),
                            new Origin(operationId(), "Jenkins", "", ""))
                    .withOptions(DeployOptions.DEFAULT.withSkipFunctions(skipFunctions))
                    .withProxy(ControllerProxy.settings());
            TaskListener listener = getContext().get(TaskListener.class);
            return plan == null
                    ? new PlanCallable(operationId(), listener, request)
                    : new ApplyCallable(operationId(), listener, request, plan);
        }

        @Override
        void completed(Serializable result) {
            if (result instanceof PlannedDeployment made) {
                plan = made;
                getContext().saveState();
                launch();
            } else {
                finish((DeployResult) result);
            }
        }

        private void finish(DeployResult result) {
            if (result.succeeded()) {
                getContext().onSuccess(ResultMaps.of(result));
            } else {
                getContext().onFailure(new AbortException(result.message()));
            }
        }

        @Override
        public String getStatus() {
            return (plan == null ? "planning the deployment to " : "deploying to ") + environment;
        }
    }

    private static final class PlanCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final DeployRequest request;

        PlanCallable(String operationId, TaskListener listener, DeployRequest request) {
            super(operationId, listener);
            this.request = request;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            return new Deployer(request, progress).plan();
        }
    }

    private static final class ApplyCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final DeployRequest request;
        private final PlannedDeployment plan;

        ApplyCallable(String operationId, TaskListener listener, DeployRequest request, PlannedDeployment plan) {
            super(operationId, listener);
            this.request = request;
            this.plan = plan;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            return new Deployer(request, progress).apply(plan);
        }
    }

    @Extension
    public static class DescriptorImpl extends StepDescriptor {
        public static final String defaultDirectory = "supabase";

        @Override
        public String getFunctionName() {
            return "supabaseDeploy";
        }

        @Override
        public String getDisplayName() {
            return "Deploy to a Supabase environment";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }

        @POST
        public ListBoxModel doFillEnvironmentItems() {
            return StepArguments.environmentItems();
        }

        @POST
        public FormValidation doCheckEnvironment(@QueryParameter String value) {
            return StepArguments.checkEnvironment(value);
        }
    }
}

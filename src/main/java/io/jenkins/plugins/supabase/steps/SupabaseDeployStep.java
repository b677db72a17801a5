package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.TaskListener;
import hudson.security.Permission;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.environment.Access;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code supabaseDeploy environment: 'staging'}: brings an environment to what a release says. */
public class SupabaseDeployStep extends ReleaseStep {
    private static final String FUNCTION = "supabaseDeploy";

    private final ApplyArguments applying = new ApplyArguments();

    @DataBoundConstructor
    public SupabaseDeployStep(String environment) {
        super(environment);
    }

    public boolean isAcceptDrift() {
        return applying.acceptDrift;
    }

    @DataBoundSetter
    public void setAcceptDrift(boolean acceptDrift) {
        applying.acceptDrift = acceptDrift;
    }

    /** @return rollback or stop */
    public String getOnFailure() {
        return applying.onFailure();
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        applying.onFailure(onFailure);
    }

    /** @return direct or blueGreen */
    public String getStrategy() {
        return applying.strategy();
    }

    @DataBoundSetter
    public void setStrategy(String strategy) {
        applying.strategy(strategy);
    }

    /** @return none, ifPossible or required */
    public String getRestorePoint() {
        return applying.restorePoint();
    }

    @DataBoundSetter
    public void setRestorePoint(String restorePoint) {
        applying.restorePoint(restorePoint);
    }

    public boolean isVerify() {
        return applying.verify;
    }

    @DataBoundSetter
    public void setVerify(boolean verify) {
        applying.verify = verify;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        requireArguments();
        applying.options(FUNCTION);
        return new Execution(this, context);
    }

    /** Plans and applies in two calls, so that the plan is on record before the first change. */
    static final class Execution extends ReleaseExecution {
        private static final long serialVersionUID = 1L;

        private final ApplyArguments applying;
        private PlannedDeployment planned;

        Execution(SupabaseDeployStep step, StepContext context) {
            super(step, context);
            this.applying = step.applying;
        }

        @Override
        Permission[] permissions() {
            return new Permission[] {Permissions.DEPLOY};
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            DeployRequest request = request(configuration, access, source(), applying.options(FUNCTION))
                    .withHealth(applying.verify ? StepArguments.health(configuration, access) : null);
            TaskListener listener = getContext().get(TaskListener.class);
            return planned == null
                    ? new PlanCallable(operationId(), listener, request)
                    : new ApplyCallable(operationId(), listener, ableToGoBack(request, planned, lookup()), planned);
        }

        @Override
        void completed(Serializable result) throws Exception {
            if (result instanceof PlanCallable.Planned made) {
                tellOf("The plan", keep(made));
                tellOf("The deployment", deployment().begin());
                planned = made.deployment();
                saveState();
                launch();
            } else {
                finish((DeployResult) result);
            }
        }

        private void finish(DeployResult result) throws Exception {
            deployment().end(result);
            if (result.succeeded()) {
                getContext().onSuccess(ResultMaps.of(result));
            } else {
                getContext().onFailure(new AbortException(result.message()));
            }
        }

        @Override
        void ending(Throwable cause) {
            if (planned != null) {
                deployment().endWithout(cause, this::recorded);
            }
        }

        @Override
        public String getStatus() {
            return (planned == null ? "planning the deployment to " : "deploying to ") + environmentName();
        }
    }

    @Extension
    public static class DescriptorImpl extends ReleaseStepDescriptor {
        public static final String defaultOnFailure = ApplyArguments.DEFAULT_ON_FAILURE;
        public static final String defaultStrategy = ApplyArguments.DEFAULT_STRATEGY;
        public static final String defaultRestorePoint = ApplyArguments.DEFAULT_RESTORE_POINT;
        public static final boolean defaultVerify = true;

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Deploy to a Supabase environment";
        }

        @POST
        public ListBoxModel doFillOnFailureItems() {
            return ApplyArguments.onFailureItems();
        }

        @POST
        public ListBoxModel doFillStrategyItems() {
            return ApplyArguments.strategyItems();
        }

        @POST
        public ListBoxModel doFillRestorePointItems() {
            return ApplyArguments.restorePointItems();
        }
    }
}

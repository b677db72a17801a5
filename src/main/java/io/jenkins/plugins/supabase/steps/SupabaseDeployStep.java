package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.TaskListener;
import hudson.security.Permission;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.deploy.DeployOptions;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.OnFailure;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.deploy.Strategy;
import io.jenkins.plugins.supabase.core.environment.Access;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code supabaseDeploy environment: 'staging'}: brings an environment to what a release says. */
public class SupabaseDeployStep extends ReleaseStep {
    private boolean acceptDrift;
    private String onFailure = DescriptorImpl.defaultOnFailure;
    private String strategy = DescriptorImpl.defaultStrategy;
    private boolean verify = true;

    @DataBoundConstructor
    public SupabaseDeployStep(String environment) {
        super(environment);
    }

    public boolean isAcceptDrift() {
        return acceptDrift;
    }

    @DataBoundSetter
    public void setAcceptDrift(boolean acceptDrift) {
        this.acceptDrift = acceptDrift;
    }

    /** @return rollback or stop */
    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        String trimmed = Util.fixEmptyAndTrim(onFailure);
        this.onFailure = trimmed == null ? DescriptorImpl.defaultOnFailure : trimmed;
    }

    /** @return direct or blueGreen */
    public String getStrategy() {
        return strategy;
    }

    @DataBoundSetter
    public void setStrategy(String strategy) {
        String trimmed = Util.fixEmptyAndTrim(strategy);
        this.strategy = trimmed == null ? DescriptorImpl.defaultStrategy : trimmed;
    }

    public boolean isVerify() {
        return verify;
    }

    @DataBoundSetter
    public void setVerify(boolean verify) {
        this.verify = verify;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        requireArguments();
        return new Execution(
                this,
                Choice.of("supabaseDeploy", "onFailure", onFailure, OnFailure.class, StepArguments::word),
                Choice.of("supabaseDeploy", "strategy", strategy, Strategy.class, Strategy::word),
                context);
    }

    /** Plans and applies in two calls, so that the plan is on record before the first change. */
    static final class Execution extends ReleaseExecution {
        private static final long serialVersionUID = 1L;

        private final boolean acceptDrift;
        private final OnFailure onFailure;
        private final Strategy strategy;
        private final boolean verify;
        private PlannedDeployment planned;

        Execution(SupabaseDeployStep step, OnFailure onFailure, Strategy strategy, StepContext context) {
            super(step, context);
            this.acceptDrift = step.acceptDrift;
            this.onFailure = onFailure;
            this.strategy = strategy;
            this.verify = step.verify;
        }

        @Override
        Permission[] permissions() {
            return new Permission[] {Permissions.DEPLOY};
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            DeployRequest base = request(configuration, access);
            DeployOptions options = base.options()
                    .withAcceptDrift(acceptDrift)
                    .withOnFailure(onFailure)
                    .withStrategy(strategy);
            DeployRequest request =
                    base.withOptions(options).withHealth(verify ? StepArguments.health(configuration, access) : null);
            TaskListener listener = getContext().get(TaskListener.class);
            if (planned == null) {
                return new PlanCallable(operationId(), listener, request);
            }
            return new ApplyCallable(
                    operationId(),
                    listener,
                    request.withInputs(request.inputs()
                            .withPreviousSecrets(NamedCredentials.resolvable(
                                    planned.previousSecretCredentials(), new CredentialLookup(credentials())))),
                    planned);
        }

        @Override
        void completed(Serializable result) throws Exception {
            if (result instanceof PlanCallable.Planned made) {
                tellOf("The plan", keep(made));
                tellOf("The deployment", deployment().begin());
                planned = made.deployment();
                getContext().saveState();
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

        private KeptDeployment deployment() {
            return new KeptDeployment(getContext(), operationId(), environmentName());
        }

        @Override
        public String getStatus() {
            return (planned == null ? "planning the deployment to " : "deploying to ") + environmentName();
        }
    }

    @Extension
    public static class DescriptorImpl extends ReleaseStepDescriptor {
        public static final String defaultOnFailure = "rollback";
        public static final String defaultStrategy = "direct";
        public static final boolean defaultVerify = true;

        @Override
        public String getFunctionName() {
            return "supabaseDeploy";
        }

        @Override
        public String getDisplayName() {
            return "Deploy to a Supabase environment";
        }

        @POST
        public ListBoxModel doFillOnFailureItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("put back what can be put back", "rollback");
            items.add("leave everything as it is", "stop");
            return items;
        }

        @POST
        public ListBoxModel doFillStrategyItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("in the place of those that run", "direct");
            items.add("beside those that run, switched when healthy", "blueGreen");
            return items;
        }
    }
}

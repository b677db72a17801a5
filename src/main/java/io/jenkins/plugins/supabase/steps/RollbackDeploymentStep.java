package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.deploy.Rollback;
import io.jenkins.plugins.supabase.core.deploy.RollbackRequest;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.pages.BuildRecords;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code rollbackDeployment environment: 'production'}: takes an environment back to a release that ran there. */
public class RollbackDeploymentStep extends Step {
    private static final String FUNCTION = "rollbackDeployment";

    private final String environment;
    private String to;
    private LinkedHashMap<String, String> secrets;
    private boolean verify = true;

    @DataBoundConstructor
    public RollbackDeploymentStep(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public String getEnvironment() {
        return environment;
    }

    /** @return version or digest of a release; null for the one before */
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    /** @return credential id by secret, in place of those that the release's deployment named; null for none */
    public Map<String, String> getSecrets() {
        return secrets;
    }

    @DataBoundSetter
    public void setSecrets(Map<String, String> secrets) {
        this.secrets = NamedCredentials.of(secrets);
    }

    public String getSecretsText() {
        return NamedCredentials.text(secrets);
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
        StepArguments.requireEnvironment(FUNCTION, environment);
        return new Execution(this, context);
    }

    /** Asks for names of credentials, plans and goes back in three calls, so that the plan is on record before the first change. */
    static final class Execution extends AgentOperationExecution {
        private static final long serialVersionUID = 1L;

        private final String environment;
        private final String to;
        private final LinkedHashMap<String, String> secrets;
        private final boolean verify;
        /** Credential ids by secret, as the release to go back to named them; null before the ledger was asked. */
        private HashMap<String, String> named;
        private PlannedDeployment planned;

        Execution(RollbackDeploymentStep step, StepContext context) {
            super(context);
            this.environment = step.environment;
            this.to = step.to;
            this.secrets = step.secrets;
            this.verify = step.verify;
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
            return new Permission[] {Permissions.DEPLOY};
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            CredentialLookup lookup = new CredentialLookup(credentials());
            Map<String, SecretText> values = new LinkedHashMap<>();
            if (named != null) {
                values.putAll(NamedCredentials.resolvable(named, lookup));
            }
            values.putAll(NamedCredentials.resolve(FUNCTION, "secrets", secrets, lookup));
            RollbackRequest request = new RollbackRequest(
                    configuration.toEnvironment(),
                    access,
                    to,
                    values,
                    verify ? StepArguments.health(configuration, access) : null,
                    StepArguments.destinations(lookup),
                    BuildOrigin.of(getContext().get(Run.class), operationId()),
                    ControllerProxy.settings());
            TaskListener listener = getContext().get(TaskListener.class);
            return named == null
                    ? new NamesCallable(operationId(), listener, request)
                    : new RollbackCallable(operationId(), listener, request, planned);
        }

        @Override
        void completed(Serializable result) throws Exception {
            if (result instanceof Names names) {
                named = names.credentials;
                launch();
            } else if (result instanceof PlannedDeployment made) {
                BuildRecords records = new BuildRecords(getContext().get(Run.class));
                tellOf("The way back", records.keepRollbackPlan(operationId(), environment, made.planJson()));
                tellOf("The rollback", deployment().begin());
                planned = made;
                saveState();
                launch();
            } else {
                finish((DeployResult) result);
            }
        }

        private void finish(DeployResult result) throws InterruptedException {
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
            return new KeptDeployment(getContext(), operationId(), environment);
        }

        @Override
        public String getStatus() {
            return (planned == null ? "planning the way back of " : "taking back ") + environment;
        }
    }

    /** Credential ids by secret. */
    private static final class Names implements Serializable {
        private static final long serialVersionUID = 1L;

        private final HashMap<String, String> credentials;

        Names(Map<String, String> credentials) {
            this.credentials = new HashMap<>(credentials);
        }
    }

    private static final class NamesCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final RollbackRequest request;

        NamesCallable(String operationId, TaskListener listener, RollbackRequest request) {
            super(operationId, listener);
            this.request = request;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            return new Names(new Rollback(request, progress).secretCredentials());
        }
    }

    private static final class RollbackCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final RollbackRequest request;
        private final PlannedDeployment planned;

        /** @param planned null where the way back is looked for only */
        RollbackCallable(
                String operationId, TaskListener listener, RollbackRequest request, PlannedDeployment planned) {
            super(operationId, listener);
            this.request = request;
            this.planned = planned;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            Rollback rollback = new Rollback(request, progress);
            return planned == null ? rollback.plan() : rollback.apply(planned);
        }
    }

    @Extension
    public static class DescriptorImpl extends EnvironmentStepDescriptor {
        public static final boolean defaultVerify = true;

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Take a Supabase environment back to an earlier release";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public Step newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            Object given = formData.remove("secrets");
            RollbackDeploymentStep step = (RollbackDeploymentStep) super.newInstance(req, formData);
            step.setSecrets(NamedCredentials.ofForm("secrets", given));
            return step;
        }

        @POST
        public FormValidation doCheckSecrets(@QueryParameter String value) {
            return NamedCredentials.check(value);
        }
    }
}

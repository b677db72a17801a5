package io.jenkins.plugins.supabase.steps;

import hudson.util.FormValidation;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A step that compares a release with an environment, wherever that release comes from: what it is given. */
public abstract class PlanningStep extends Step {
    private final ReleaseArguments arguments;

    /** @param environment null where none was named */
    PlanningStep(String environment) {
        this.arguments = new ReleaseArguments(environment);
    }

    final ReleaseArguments arguments() {
        return arguments;
    }

    public boolean isSkipFunctions() {
        return arguments.skipFunctions;
    }

    @DataBoundSetter
    public void setSkipFunctions(boolean skipFunctions) {
        arguments.skipFunctions = skipFunctions;
    }

    public boolean isPrune() {
        return arguments.prune;
    }

    @DataBoundSetter
    public void setPrune(boolean prune) {
        arguments.prune = prune;
    }

    public boolean isTrace() {
        return arguments.trace;
    }

    @DataBoundSetter
    public void setTrace(boolean trace) {
        arguments.trace = trace;
    }

    /** @return credential id by secret; null for none */
    public Map<String, String> getSecrets() {
        return arguments.secrets;
    }

    @DataBoundSetter
    public void setSecrets(Map<String, String> secrets) {
        arguments.secrets = NamedCredentials.of(secrets);
    }

    public String getSecretsText() {
        return NamedCredentials.text(arguments.secrets);
    }

    /** @return credential id by variable; null for none */
    public Map<String, String> getCredentials() {
        return arguments.credentials;
    }

    @DataBoundSetter
    public void setCredentials(Map<String, String> credentials) {
        arguments.credentials = NamedCredentials.of(credentials);
    }

    public String getCredentialsText() {
        return NamedCredentials.text(arguments.credentials);
    }

    /** What the forms of these steps have in common. */
    public abstract static class PlanningStepDescriptor extends EnvironmentStepDescriptor {
        private static final String SECRETS = "secrets";
        private static final String CREDENTIALS = "credentials";

        /**
         * The form has a text of one line for each name; a Jenkinsfile a map. The form's data is changed in its place:
         * Jenkins tells by the object whether it was here already.
         */
        @Override
        public Step newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            Object secrets = formData.remove(SECRETS);
            Object credentials = formData.remove(CREDENTIALS);
            PlanningStep step = (PlanningStep) super.newInstance(req, formData);
            step.setSecrets(NamedCredentials.ofForm(SECRETS, secrets));
            step.setCredentials(NamedCredentials.ofForm(CREDENTIALS, credentials));
            return step;
        }

        @POST
        public FormValidation doCheckSecrets(@QueryParameter String value) {
            return NamedCredentials.check(value);
        }

        @POST
        public FormValidation doCheckCredentials(@QueryParameter String value) {
            return NamedCredentials.check(value);
        }
    }
}

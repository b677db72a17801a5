package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.release.ReleaseVersion;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** A step that compares a release with an environment: what is released, and what it is given. */
public abstract class ReleaseStep extends Step {
    private final ReleaseArguments arguments;

    ReleaseStep(String environment) {
        this.arguments = new ReleaseArguments(Util.fixEmptyAndTrim(environment));
    }

    final ReleaseArguments arguments() {
        return arguments;
    }

    /** @throws AbortException if the arguments cannot be used together */
    final void requireArguments() throws AbortException {
        StepArguments.requireEnvironment(getDescriptor().getFunctionName(), arguments.environment);
        if (arguments.release != null && arguments.version != null) {
            throw new AbortException(getDescriptor().getFunctionName() + " was given both release and version. Nothing was"
                    + " done. Name either a release that was published, or the version that a new one of directory gets.");
        }
    }

    public String getEnvironment() {
        return arguments.environment;
    }

    public String getDirectory() {
        return arguments.directory;
    }

    @DataBoundSetter
    public void setDirectory(String directory) {
        String trimmed = Util.fixEmptyAndTrim(directory);
        arguments.directory = trimmed == null ? ReleaseArguments.DEFAULT_DIRECTORY : trimmed;
    }

    /** @return version or digest of a published release; null for one of the folder */
    public String getRelease() {
        return arguments.release;
    }

    @DataBoundSetter
    public void setRelease(String release) {
        arguments.release = Util.fixEmptyAndTrim(release);
    }

    /** @return that the folder's release gets; null for the one that follows from its commit */
    public String getVersion() {
        return arguments.version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        arguments.version = Util.fixEmptyAndTrim(version);
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
    public abstract static class ReleaseStepDescriptor extends EnvironmentStepDescriptor {
        private static final String SECRETS = "secrets";
        private static final String CREDENTIALS = "credentials";

        public String getDefaultDirectory() {
            return ReleaseArguments.DEFAULT_DIRECTORY;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, EnvVars.class);
        }

        /**
         * The form has a text of one line for each name; a Jenkinsfile a map. The form's data is changed in its place:
         * Jenkins tells by the object whether it was here already.
         */
        @Override
        public Step newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            Object secrets = formData.remove(SECRETS);
            Object credentials = formData.remove(CREDENTIALS);
            ReleaseStep step = (ReleaseStep) super.newInstance(req, formData);
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

        @POST
        public FormValidation doCheckVersion(@QueryParameter String value) {
            String version = Util.fixEmptyAndTrim(value);
            String problem = version == null ? null : ReleaseVersion.problem(version);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }
    }
}

package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.release.ReleaseVersion;
import java.util.Set;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step whose release is one of the workspace, or one that was published. */
public abstract class ReleaseStep extends PlanningStep {
    ReleaseStep(String environment) {
        super(Util.fixEmptyAndTrim(environment));
    }

    /** @throws AbortException if the arguments cannot be used together */
    final void requireArguments() throws AbortException {
        ReleaseArguments arguments = arguments();
        StepArguments.requireEnvironment(getDescriptor().getFunctionName(), arguments.environment);
        if (arguments.release != null && arguments.version != null) {
            throw new AbortException(getDescriptor().getFunctionName() + " was given both release and version. Nothing was"
                    + " done. Name either a release that was published, or the version that a new one of directory gets.");
        }
    }

    public String getEnvironment() {
        return arguments().environment;
    }

    public String getDirectory() {
        return arguments().directory;
    }

    @DataBoundSetter
    public void setDirectory(String directory) {
        String trimmed = Util.fixEmptyAndTrim(directory);
        arguments().directory = trimmed == null ? ReleaseArguments.DEFAULT_DIRECTORY : trimmed;
    }

    /** @return version or digest of a published release; null for one of the folder */
    public String getRelease() {
        return arguments().release;
    }

    @DataBoundSetter
    public void setRelease(String release) {
        arguments().release = Util.fixEmptyAndTrim(release);
    }

    /** @return that the folder's release gets; null for the one that follows from its commit */
    public String getVersion() {
        return arguments().version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        arguments().version = Util.fixEmptyAndTrim(version);
    }

    /** What the forms of these steps have in common. */
    public abstract static class ReleaseStepDescriptor extends PlanningStepDescriptor {
        public String getDefaultDirectory() {
            return ReleaseArguments.DEFAULT_DIRECTORY;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, EnvVars.class);
        }

        @POST
        public FormValidation doCheckVersion(@QueryParameter String value) {
            String version = Util.fixEmptyAndTrim(value);
            String problem = version == null ? null : ReleaseVersion.problem(version);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }
    }
}

package io.jenkins.plugins.supabase.steps;

import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.config.Names;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps about backups are told: whose they are, and where. */
public abstract class BackupStep extends Step {
    private final String environment;
    private List<String> destinations;

    BackupStep(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public final String getEnvironment() {
        return environment;
    }

    /** @return names; null for all that keep the environment's backups */
    public final List<String> getDestinations() {
        return destinations;
    }

    @DataBoundSetter
    public final void setDestinations(List<String> destinations) {
        this.destinations = Names.of(destinations);
    }

    public final String getDestinationsText() {
        return Names.text(destinations);
    }

    /** Database and destinations are reached from the agent. */
    public abstract static class BackupStepDescriptor extends EnvironmentStepDescriptor {
        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }
    }
}

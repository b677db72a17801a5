package io.jenkins.plugins.supabase.steps;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of all steps have in common: each names an environment. */
public abstract class EnvironmentStepDescriptor extends StepDescriptor {
    @POST
    public ListBoxModel doFillEnvironmentItems() {
        return StepArguments.environmentItems();
    }

    @POST
    public FormValidation doCheckEnvironment(@QueryParameter String value) {
        return StepArguments.checkEnvironment(value);
    }
}

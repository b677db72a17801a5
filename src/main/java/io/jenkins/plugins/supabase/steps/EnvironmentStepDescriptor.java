package io.jenkins.plugins.supabase.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.Permissions;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of all steps have in common: each names an environment. */
public abstract class EnvironmentStepDescriptor extends StepDescriptor {
    /** @param job whose pipeline is written; null outside of one */
    private static boolean maySee(Item job) {
        return Permissions.mayView(job == null ? Jenkins.get() : job);
    }

    @POST
    public ListBoxModel doFillEnvironmentItems(@AncestorInPath Item item) {
        return maySee(item) ? StepArguments.environmentItems() : new ListBoxModel();
    }

    @POST
    public FormValidation doCheckEnvironment(@AncestorInPath Item item, @QueryParameter String value) {
        return maySee(item) ? StepArguments.checkEnvironment(value) : FormValidation.ok();
    }
}

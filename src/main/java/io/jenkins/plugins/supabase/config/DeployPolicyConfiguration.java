package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.config.KeyNames;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What administrators decided about deployments to one environment. A Jenkinsfile can ask for more, never for less. */
public class DeployPolicyConfiguration extends AbstractDescribableImpl<DeployPolicyConfiguration> {
    private boolean production;
    private ArrayList<String> allowWeaker;
    private boolean trace;
    private String scratchDatabaseUrl;
    private String scratchDatabaseCredentialsId;

    @DataBoundConstructor
    public DeployPolicyConfiguration() {}

    public DeployPolicy toDeployPolicy() {
        return new DeployPolicy(
                production, allowWeaker == null ? List.of() : allowWeaker, trace, scratchDatabaseUrl);
    }

    List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        toDeployPolicy().allowWeaker().stream()
                .map(KeyNames::problem)
                .filter(problem -> problem != null)
                .forEach(problem -> problems.add(new SettingProblem("allowWeaker", problem)));
        problems.addAll(toDeployPolicy().problems());
        return problems;
    }

    public boolean isProduction() {
        return production;
    }

    @DataBoundSetter
    public void setProduction(boolean production) {
        this.production = production;
    }

    /** @return null for none */
    public List<String> getAllowWeaker() {
        return allowWeaker;
    }

    @DataBoundSetter
    public void setAllowWeaker(List<String> allowWeaker) {
        this.allowWeaker = Names.of(allowWeaker);
    }

    public String getAllowWeakerText() {
        return Names.text(allowWeaker);
    }

    public boolean isTrace() {
        return trace;
    }

    @DataBoundSetter
    public void setTrace(boolean trace) {
        this.trace = trace;
    }

    public String getScratchDatabaseUrl() {
        return scratchDatabaseUrl;
    }

    @DataBoundSetter
    public void setScratchDatabaseUrl(String scratchDatabaseUrl) {
        this.scratchDatabaseUrl = Util.fixEmptyAndTrim(scratchDatabaseUrl);
    }

    public String getScratchDatabaseCredentialsId() {
        return scratchDatabaseCredentialsId;
    }

    @DataBoundSetter
    public void setScratchDatabaseCredentialsId(String scratchDatabaseCredentialsId) {
        this.scratchDatabaseCredentialsId = Util.fixEmptyAndTrim(scratchDatabaseCredentialsId);
    }

    @Extension
    @Symbol("supabaseDeployPolicy")
    public static class DescriptorImpl extends Descriptor<DeployPolicyConfiguration> {
        @Override
        public String getDisplayName() {
            return "Policy for deployments";
        }

        @POST
        public FormValidation doCheckAllowWeaker(@QueryParameter String value) {
            DeployPolicyConfiguration typed = new DeployPolicyConfiguration();
            typed.setAllowWeaker(value == null ? null : List.of(value));
            return AdministratorForm.check("allowWeaker", typed::problems);
        }

        @POST
        public FormValidation doCheckScratchDatabaseUrl(@QueryParameter String value) {
            DeployPolicyConfiguration typed = new DeployPolicyConfiguration();
            typed.setScratchDatabaseUrl(value);
            return AdministratorForm.check("scratchDatabaseUrl", typed::problems);
        }

        @POST
        public ListBoxModel doFillScratchDatabaseCredentialsIdItems(
                @QueryParameter String scratchDatabaseCredentialsId) {
            return AdministratorForm.credentials(
                    StandardUsernamePasswordCredentials.class, scratchDatabaseCredentialsId);
        }
    }
}

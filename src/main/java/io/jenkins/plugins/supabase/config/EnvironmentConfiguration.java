package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.environment.EnvironmentSettings;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One environment as an administrator configured it; secrets are named, not held. */
public class EnvironmentConfiguration extends AbstractDescribableImpl<EnvironmentConfiguration> {
    private final String name;
    private String projectRef;
    private String managementUrl;
    private String projectUrl;
    private String databaseUrl;
    private String accessTokenCredentialsId;
    private String databaseCredentialsId;
    private String apiKeyCredentialsId;
    private DeployPolicyConfiguration policy;
    private HealthRules health;
    private GateConfiguration gate;
    private BackupConfiguration backup;

    @DataBoundConstructor
    public EnvironmentConfiguration(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** @throws IllegalArgumentException naming the environment, the field and the reason, if it cannot be used */
    public Environment toEnvironment() {
        return settings().toEnvironment();
    }

    /** @throws IllegalArgumentException naming the environment, the field and the reason of the first problem */
    void validate() {
        toEnvironment();
        refuse("policy.", policy == null ? List.of() : policy.problems());
        refuse("health.", health == null ? List.of() : health.problems());
        refuse("gate.", gate == null ? List.of() : gate.problems());
        refuse("backup.", backup == null ? List.of() : backup.problems());
    }

    private void refuse(String prefix, List<SettingProblem> problems) {
        for (SettingProblem problem : problems) {
            throw new IllegalArgumentException(
                    "The environment \"" + name + "\" is not usable: " + prefix + problem.describe());
        }
    }

    public DeployPolicy toDeployPolicy() {
        return policy == null ? DeployPolicy.NONE : policy.toDeployPolicy();
    }

    /** @return what a promotion to this environment must pass */
    public GateRules gateRules() {
        return gate == null ? GateRules.DEFAULT : gate.toRules();
    }

    /** @return for the policy's scratch database; null where it names no credential */
    public CredentialLookup.Login scratchLogin(CredentialLookup lookup) {
        return policy == null
                ? null
                : lookup.login(
                        "The environment \"" + name + "\"",
                        "policy.scratchDatabaseCredentialsId",
                        policy.getScratchDatabaseCredentialsId());
    }

    private EnvironmentSettings settings() {
        return new EnvironmentSettings(name, projectRef, managementUrl, projectUrl, databaseUrl);
    }

    public String getName() {
        return name;
    }

    public String getProjectRef() {
        return projectRef;
    }

    @DataBoundSetter
    public void setProjectRef(String projectRef) {
        this.projectRef = Util.fixEmptyAndTrim(projectRef);
    }

    public String getManagementUrl() {
        return managementUrl;
    }

    @DataBoundSetter
    public void setManagementUrl(String managementUrl) {
        this.managementUrl = Util.fixEmptyAndTrim(managementUrl);
    }

    public String getProjectUrl() {
        return projectUrl;
    }

    @DataBoundSetter
    public void setProjectUrl(String projectUrl) {
        this.projectUrl = Util.fixEmptyAndTrim(projectUrl);
    }

    public String getDatabaseUrl() {
        return databaseUrl;
    }

    @DataBoundSetter
    public void setDatabaseUrl(String databaseUrl) {
        this.databaseUrl = Util.fixEmptyAndTrim(databaseUrl);
    }

    public String getAccessTokenCredentialsId() {
        return accessTokenCredentialsId;
    }

    @DataBoundSetter
    public void setAccessTokenCredentialsId(String accessTokenCredentialsId) {
        this.accessTokenCredentialsId = Util.fixEmptyAndTrim(accessTokenCredentialsId);
    }

    public String getDatabaseCredentialsId() {
        return databaseCredentialsId;
    }

    @DataBoundSetter
    public void setDatabaseCredentialsId(String databaseCredentialsId) {
        this.databaseCredentialsId = Util.fixEmptyAndTrim(databaseCredentialsId);
    }

    public String getApiKeyCredentialsId() {
        return apiKeyCredentialsId;
    }

    @DataBoundSetter
    public void setApiKeyCredentialsId(String apiKeyCredentialsId) {
        this.apiKeyCredentialsId = Util.fixEmptyAndTrim(apiKeyCredentialsId);
    }

    /** @return null where administrators restrict nothing */
    public DeployPolicyConfiguration getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(DeployPolicyConfiguration policy) {
        this.policy = policy;
    }

    /** @return null where every probe that an environment allows decides */
    public HealthRules getHealth() {
        return health;
    }

    @DataBoundSetter
    public void setHealth(HealthRules health) {
        this.health = health;
    }

    /** @return null for the gate that every environment has: see {@link GateRules#DEFAULT} */
    public GateConfiguration getGate() {
        return gate;
    }

    @DataBoundSetter
    public void setGate(GateConfiguration gate) {
        this.gate = gate;
    }

    /** @return null where it is not backed up by this plugin */
    public BackupConfiguration getBackup() {
        return backup;
    }

    @DataBoundSetter
    public void setBackup(BackupConfiguration backup) {
        this.backup = backup;
    }

    @Extension
    @Symbol("supabaseEnvironment")
    public static class DescriptorImpl extends Descriptor<EnvironmentConfiguration> {
        @Override
        public String getDisplayName() {
            return "Environment";
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return check("name", new EnvironmentSettings(value, null, null, null, null));
        }

        @POST
        public FormValidation doCheckProjectRef(@QueryParameter String value) {
            return check("projectRef", new EnvironmentSettings(null, value, null, null, null));
        }

        @POST
        public FormValidation doCheckManagementUrl(@QueryParameter String value) {
            return check("managementUrl", new EnvironmentSettings(null, null, value, null, null));
        }

        @POST
        public FormValidation doCheckProjectUrl(@QueryParameter String value, @QueryParameter String projectRef) {
            return check("projectUrl", new EnvironmentSettings(null, projectRef, null, value, null));
        }

        @POST
        public FormValidation doCheckDatabaseUrl(@QueryParameter String value, @QueryParameter String projectRef) {
            return check("databaseUrl", new EnvironmentSettings(null, projectRef, null, null, value));
        }

        @POST
        public ListBoxModel doFillAccessTokenCredentialsIdItems(@QueryParameter String accessTokenCredentialsId) {
            return AdministratorForm.credentials(StringCredentials.class, accessTokenCredentialsId);
        }

        @POST
        public ListBoxModel doFillDatabaseCredentialsIdItems(@QueryParameter String databaseCredentialsId) {
            return AdministratorForm.credentials(StandardUsernamePasswordCredentials.class, databaseCredentialsId);
        }

        @POST
        public ListBoxModel doFillApiKeyCredentialsIdItems(@QueryParameter String apiKeyCredentialsId) {
            return AdministratorForm.credentials(StringCredentials.class, apiKeyCredentialsId);
        }

        @POST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter String projectRef,
                @QueryParameter String managementUrl,
                @QueryParameter String projectUrl,
                @QueryParameter String databaseUrl,
                @QueryParameter String accessTokenCredentialsId,
                @QueryParameter String databaseCredentialsId,
                @QueryParameter String apiKeyCredentialsId) {
            Jenkins.get().checkPermission(Permissions.CONFIGURE);
            EnvironmentConfiguration typed = new EnvironmentConfiguration(name);
            typed.setProjectRef(projectRef);
            typed.setManagementUrl(managementUrl);
            typed.setProjectUrl(projectUrl);
            typed.setDatabaseUrl(databaseUrl);
            typed.setAccessTokenCredentialsId(accessTokenCredentialsId);
            typed.setDatabaseCredentialsId(databaseCredentialsId);
            typed.setApiKeyCredentialsId(apiKeyCredentialsId);
            return new ConnectionTest(typed).run();
        }

        private static FormValidation check(String field, EnvironmentSettings settings) {
            return AdministratorForm.check(field, settings::problems);
        }
    }
}

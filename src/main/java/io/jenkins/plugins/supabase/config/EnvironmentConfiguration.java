package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.environment.EnvironmentSettings;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
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

    @DataBoundConstructor
    public EnvironmentConfiguration(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** @throws IllegalArgumentException naming the environment, the field and the reason, if it cannot be used */
    public Environment toEnvironment() {
        return settings().toEnvironment();
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
            return credentials(StringCredentials.class, accessTokenCredentialsId);
        }

        @POST
        public ListBoxModel doFillDatabaseCredentialsIdItems(@QueryParameter String databaseCredentialsId) {
            return credentials(StandardUsernamePasswordCredentials.class, databaseCredentialsId);
        }

        @POST
        public ListBoxModel doFillApiKeyCredentialsIdItems(@QueryParameter String apiKeyCredentialsId) {
            return credentials(StringCredentials.class, apiKeyCredentialsId);
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
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
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

        /** Whoever may not configure Jenkins learns nothing here, not even which addresses would be refused. */
        private static FormValidation check(String field, EnvironmentSettings settings) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            for (SettingProblem problem : settings.problems()) {
                if (problem.field().equals(field)) {
                    return FormValidation.error(problem.message());
                }
            }
            return FormValidation.ok();
        }

        private static ListBoxModel credentials(Class<? extends StandardCredentials> kind, String current) {
            StandardListBoxModel items = new StandardListBoxModel();
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return items.includeCurrentValue(current);
            }
            return items.includeEmptyValue()
                    .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), kind, List.of(), CredentialsMatchers.always())
                    .includeCurrentValue(current);
        }
    }
}

package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.CredentialLookup.Login;
import io.jenkins.plugins.supabase.core.blob.S3Settings;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A bucket of Amazon S3 or of a store that speaks its protocol. */
public class S3Destination extends DestinationConfiguration {
    static final String SYMBOL = "s3";

    /** In the place of a secret, where only the rest is looked at. */
    private static final Login ANY = new Login("any", new SecretText("any"));

    private String signingRegion;
    private String endpoint;
    private String bucket;
    private String prefix;
    private boolean pathStyle;
    private String credentialsId;
    private String objectLockMode;
    private Integer objectLockDays;

    @DataBoundConstructor
    public S3Destination(String name) {
        super(name);
    }

    /** @return what the server calls its region; null where that is the label */
    public String getSigningRegion() {
        return signingRegion;
    }

    @DataBoundSetter
    public void setSigningRegion(String signingRegion) {
        this.signingRegion = Util.fixEmptyAndTrim(signingRegion);
    }

    /** @return null for Amazon's own in the region */
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    public String getBucket() {
        return bucket;
    }

    @DataBoundSetter
    public void setBucket(String bucket) {
        this.bucket = Util.fixEmptyAndTrim(bucket);
    }

    /** @return null for the whole bucket */
    public String getPrefix() {
        return prefix;
    }

    @DataBoundSetter
    public void setPrefix(String prefix) {
        this.prefix = Util.fixEmptyAndTrim(prefix);
    }

    public boolean isPathStyle() {
        return pathStyle;
    }

    @DataBoundSetter
    public void setPathStyle(boolean pathStyle) {
        this.pathStyle = pathStyle;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** @return GOVERNANCE or COMPLIANCE; null for backups that are not locked */
    public String getObjectLockMode() {
        return objectLockMode;
    }

    @DataBoundSetter
    public void setObjectLockMode(String objectLockMode) {
        this.objectLockMode = Util.fixEmptyAndTrim(objectLockMode);
    }

    /** @return how long what is stored is locked; null where it is not */
    public Integer getObjectLockDays() {
        return objectLockDays;
    }

    @DataBoundSetter
    public void setObjectLockDays(Integer objectLockDays) {
        this.objectLockDays = objectLockDays;
    }

    @Override
    public S3Settings toSettings(CredentialLookup lookup) {
        return settings(lookup.login("The destination \"" + getName() + "\"", "credentialsId", credentialsId));
    }

    private S3Settings settings(Login login) {
        return new S3Settings(
                getName(),
                getRegion(),
                signingRegion,
                endpoint,
                bucket,
                prefix,
                pathStyle,
                login.user(),
                login.password(),
                null,
                ControllerProxy.settings())
                .withBandwidth(getBandwidth())
                .withLock(objectLockMode, objectLockDays);
    }

    @Override
    List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>(settings(ANY).problems());
        if (credentialsId == null) {
            problems.add(new SettingProblem(
                    "credentialsId",
                    "Name a \"Username with password\" credential with the access key and the secret key."));
        }
        return problems;
    }

    @Override
    public String symbol() {
        return SYMBOL;
    }

    @Override
    public String describe() {
        return "the bucket " + bucket + (prefix == null ? "" : " below " + prefix)
                + (endpoint == null ? "" : " at " + endpoint) + ", login " + credentialsId;
    }

    @Override
    void putSettings(Map<String, Object> settings) {
        settings.put("signingRegion", signingRegion);
        settings.put("endpoint", endpoint);
        settings.put("bucket", bucket);
        settings.put("prefix", prefix);
        settings.put("pathStyle", pathStyle ? Boolean.TRUE : null);
        settings.put(CREDENTIALS_ID, credentialsId);
        settings.put("objectLockMode", objectLockMode);
        settings.put("objectLockDays", objectLockDays);
    }

    @Extension
    @Symbol(S3Destination.SYMBOL)
    public static class DescriptorImpl extends DestinationDescriptor {
        @Override
        public String getDisplayName() {
            return "S3-compatible bucket";
        }

        @POST
        public FormValidation doCheckRegion(@QueryParameter String value, @QueryParameter String signingRegion) {
            S3Destination typed = new S3Destination(null);
            typed.setRegion(value);
            typed.setSigningRegion(signingRegion);
            return AdministratorForm.check("region", typed::problems);
        }

        @POST
        public FormValidation doCheckBucket(@QueryParameter String value) {
            S3Destination typed = new S3Destination(null);
            typed.setBucket(value);
            return AdministratorForm.check("bucket", typed::problems);
        }

        @POST
        public FormValidation doCheckPrefix(@QueryParameter String value) {
            S3Destination typed = new S3Destination(null);
            typed.setPrefix(value);
            return AdministratorForm.check("prefix", typed::problems);
        }

        @POST
        public FormValidation doCheckEndpoint(@QueryParameter String value, @QueryParameter boolean pathStyle) {
            S3Destination typed = new S3Destination(null);
            typed.setEndpoint(value);
            typed.setPathStyle(pathStyle);
            return AdministratorForm.check("endpoint", typed::problems);
        }

        @POST
        public FormValidation doCheckObjectLockDays(
                @QueryParameter Integer value, @QueryParameter String objectLockMode) {
            S3Destination typed = new S3Destination(null);
            typed.setObjectLockMode(objectLockMode);
            typed.setObjectLockDays(value);
            FormValidation mode = AdministratorForm.check("objectLockMode", typed::problems);
            return mode.kind == FormValidation.Kind.OK
                    ? AdministratorForm.check("objectLockDays", typed::problems)
                    : mode;
        }

        @POST
        public ListBoxModel doFillObjectLockModeItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("none", "");
            items.add("governance: who has the permission may delete", "GOVERNANCE");
            items.add("compliance: nobody may delete", "COMPLIANCE");
            return items;
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return AdministratorForm.credentials(StandardUsernamePasswordCredentials.class, credentialsId);
        }
    }
}

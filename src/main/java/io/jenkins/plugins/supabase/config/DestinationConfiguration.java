package io.jenkins.plugins.supabase.config;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.blob.DestinationSettings;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A place that keeps releases, as an administrator configured it; secrets are named, not held. */
public abstract class DestinationConfiguration extends AbstractDescribableImpl<DestinationConfiguration> {
    /** The setting that names a credential. */
    public static final String CREDENTIALS_ID = "credentialsId";

    private final String name;
    private String region;
    private String bandwidth;

    DestinationConfiguration(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /**
     * @return for the agent, with its secrets
     * @throws DeliveryException if a credential cannot be used
     */
    public abstract DestinationSettings toSettings(CredentialLookup lookup);

    /** @return what is wrong, in the order of the fields */
    abstract List<SettingProblem> problems();

    /** @return what configuration as code calls this kind */
    public abstract String symbol();

    /** @return where it is, in a few words */
    public abstract String describe();

    /** Puts what is set of this kind's own. */
    abstract void putSettings(Map<String, Object> settings);

    /** @return what is set, as configuration as code has it */
    public final Map<String, Object> asCode() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", name);
        settings.put("region", region);
        putSettings(settings);
        settings.put("bandwidth", bandwidth);
        settings.values().removeIf(value -> value == null);
        return settings;
    }

    public String getName() {
        return name;
    }

    /** @return where it is, for people and for reports; null where nobody said */
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** @return how fast bytes may go there and come from there, such as 20 MB/s; null for no limit */
    public String getBandwidth() {
        return bandwidth;
    }

    @DataBoundSetter
    public void setBandwidth(String bandwidth) {
        this.bandwidth = Util.fixEmptyAndTrim(bandwidth);
    }

    /** @throws IllegalArgumentException naming the destination, the field and the reason of the first problem */
    void validate() {
        for (SettingProblem problem : problems()) {
            throw new IllegalArgumentException(
                    "The destination \"" + (name == null ? "" : name) + "\" is not usable: " + problem.describe());
        }
    }

    /** What the forms of all kinds have in common. */
    public abstract static class DestinationDescriptor extends Descriptor<DestinationConfiguration> {
        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return AdministratorForm.check("name", new FolderDestination(value)::problems);
        }

        @POST
        public FormValidation doCheckBandwidth(@QueryParameter String value) {
            FolderDestination typed = new FolderDestination(null);
            typed.setBandwidth(value);
            return AdministratorForm.check("bandwidth", typed::problems);
        }
    }
}

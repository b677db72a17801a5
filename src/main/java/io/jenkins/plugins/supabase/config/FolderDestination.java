package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.blob.FolderSettings;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A folder that the agents see, such as a mounted share. */
public class FolderDestination extends DestinationConfiguration {
    static final String SYMBOL = "folder";

    private String path;

    @DataBoundConstructor
    public FolderDestination(String name) {
        super(name);
    }

    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    @Override
    public FolderSettings toSettings(CredentialLookup lookup) {
        return settings();
    }

    private FolderSettings settings() {
        return new FolderSettings(getName(), getRegion(), path, getBandwidth());
    }

    @Override
    List<SettingProblem> problems() {
        return settings().problems();
    }

    @Override
    public String symbol() {
        return SYMBOL;
    }

    @Override
    public String describe() {
        return "the folder " + path;
    }

    @Override
    void putSettings(Map<String, Object> settings) {
        settings.put("path", path);
    }

    @Extension
    @Symbol(FolderDestination.SYMBOL)
    public static class DescriptorImpl extends DestinationDescriptor {
        @Override
        public String getDisplayName() {
            return "Folder";
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            FolderDestination typed = new FolderDestination(null);
            typed.setPath(value);
            return AdministratorForm.check("path", typed::problems);
        }
    }
}

package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A folder that the agents see, such as a mounted share. */
public class FolderDestination extends DestinationConfiguration {
    /** The controller and its agents need not have the same kind of file system. */
    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z]:[\\\\/].*|\\\\\\\\.*");

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
    List<SettingProblem> problems() {
        List<SettingProblem> problems = super.problems();
        if (path == null) {
            problems.add(new SettingProblem("path", "A folder needs its path, such as /srv/supabase-releases."));
        } else if (!ABSOLUTE.matcher(path).matches()) {
            problems.add(new SettingProblem(
                    "path",
                    "\"" + path + "\" would mean another folder in each workspace: give a path from the root on."));
        }
        return problems;
    }

    @Extension
    @Symbol("folder")
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

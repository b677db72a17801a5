package io.jenkins.plugins.supabase.config;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A place that keeps releases, as an administrator configured it; secrets are named, not held. */
public abstract class DestinationConfiguration extends AbstractDescribableImpl<DestinationConfiguration> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final String name;
    private String region;

    DestinationConfiguration(String name) {
        this.name = Util.fixEmptyAndTrim(name);
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

    /** @return what is wrong, in the order of the fields */
    List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        if (name == null) {
            problems.add(new SettingProblem("name", "A destination needs a name, such as releases-eu."));
        } else if (!NAME.matcher(name).matches()) {
            problems.add(new SettingProblem(
                    "name",
                    "\"" + name + "\" is not a usable name: it starts with a letter or digit and has up to 64 letters,"
                            + " digits, dots, hyphens and underscores."));
        }
        return problems;
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
    }
}

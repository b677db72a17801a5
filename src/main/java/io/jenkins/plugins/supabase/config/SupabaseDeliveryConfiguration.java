package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** What administrators decide for every pipeline of this controller: which environments there are. */
@Extension
@Symbol("supabaseDelivery")
public class SupabaseDeliveryConfiguration extends GlobalConfiguration {
    private volatile List<EnvironmentConfiguration> environments = List.of();

    public SupabaseDeliveryConfiguration() {
        load();
    }

    public static SupabaseDeliveryConfiguration get() {
        return ExtensionList.lookupSingleton(SupabaseDeliveryConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "Supabase Delivery";
    }

    public List<EnvironmentConfiguration> getEnvironments() {
        return environments;
    }

    /**
     * Replaces all environments, or none.
     *
     * @throws IllegalArgumentException naming the first environment that cannot be used and why; the configuration is
     *     then unchanged
     */
    @DataBoundSetter
    public void setEnvironments(List<EnvironmentConfiguration> environments) {
        List<EnvironmentConfiguration> replacement = environments == null ? List.of() : List.copyOf(environments);
        Set<String> names = new HashSet<>();
        for (EnvironmentConfiguration environment : replacement) {
            String name = environment.toEnvironment().name();
            if (!names.add(name)) {
                throw new IllegalArgumentException("There are two environments with the name \"" + name
                        + "\": rename or remove one of them, so that a Jenkinsfile means exactly one.");
            }
        }
        this.environments = replacement;
        save();
    }

    /** The form sends no key at all when the last environment was removed, so the list is read by hand. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            setEnvironments(req.bindJSONToList(EnvironmentConfiguration.class, json.opt("environments")));
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "environments");
        }
        return true;
    }

    /** @throws DeliveryException naming the environments that exist, when there is none of that name */
    public EnvironmentConfiguration environment(String name) {
        List<EnvironmentConfiguration> known = environments;
        for (EnvironmentConfiguration environment : known) {
            if (environment.getName().equals(name)) {
                return environment;
            }
        }
        String existing = known.isEmpty()
                ? "none is configured yet"
                : "there are " + known.stream().map(EnvironmentConfiguration::getName).collect(Collectors.joining(", "));
        throw new DeliveryException("There is no environment \"" + name + "\": " + existing
                + ". Nothing was done. Correct the name in the Jenkinsfile, or let an administrator add the environment"
                + " under Manage Jenkins » System » Supabase Delivery (unclassified.supabaseDelivery.environments in"
                + " Configuration as Code).");
    }
}

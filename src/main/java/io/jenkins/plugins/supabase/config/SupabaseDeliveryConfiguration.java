package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.security.Permission;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** What administrators decide for every pipeline of this controller: which environments and destinations there are. */
@Extension
@Symbol("supabaseDelivery")
public class SupabaseDeliveryConfiguration extends GlobalConfiguration {
    private volatile List<EnvironmentConfiguration> environments = List.of();
    private volatile List<DestinationConfiguration> destinations = List.of();
    private volatile EventLogConfiguration eventLog;

    public SupabaseDeliveryConfiguration() {
        Permissions.register();
        load();
    }

    public static SupabaseDeliveryConfiguration get() {
        return ExtensionList.lookupSingleton(SupabaseDeliveryConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "Supabase Delivery";
    }

    /** Who has no more than this needs Overall/Manage too, which opens the page. */
    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return Permissions.CONFIGURE;
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
        replace(environments, destinations);
    }

    /** @return where releases are kept, beside the build that made them */
    public List<DestinationConfiguration> getDestinations() {
        return destinations;
    }

    /**
     * Replaces all destinations, or none.
     *
     * @throws IllegalArgumentException naming the first destination that cannot be used and why; the configuration is
     *     then unchanged
     */
    @DataBoundSetter
    public void setDestinations(List<DestinationConfiguration> destinations) {
        replace(environments, destinations);
    }

    /** @return where audit events are written besides; null for nowhere */
    public EventLogConfiguration getEventLog() {
        return eventLog;
    }

    /** @throws IllegalArgumentException saying what of it cannot be used; the configuration is then unchanged */
    @DataBoundSetter
    public void setEventLog(EventLogConfiguration eventLog) {
        if (eventLog != null) {
            eventLog.validate();
        }
        this.eventLog = eventLog;
        save();
    }

    private void replace(List<EnvironmentConfiguration> newEnvironments, List<DestinationConfiguration> newDestinations) {
        List<EnvironmentConfiguration> usable = newEnvironments == null ? List.of() : List.copyOf(newEnvironments);
        usable.forEach(EnvironmentConfiguration::validate);
        List<DestinationConfiguration> places = newDestinations == null ? List.of() : List.copyOf(newDestinations);
        places.forEach(DestinationConfiguration::validate);
        requireDifferent("environments", "so that a Jenkinsfile means exactly one", usable.stream()
                .map(EnvironmentConfiguration::getName));
        requireDifferent("destinations", "so that a report means exactly one", places.stream()
                .map(DestinationConfiguration::getName));
        environments = usable;
        destinations = places;
        save();
    }

    private static void requireDifferent(String what, String why, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("There are two " + what + " with the name \"" + name
                    + "\": rename or remove one of them, " + why + ".");
        });
    }

    /** The form sends no key at all when the last entry of a list was removed, so the lists are read by hand. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            JSONObject typed = json.optJSONObject("eventLog");
            EventLogConfiguration events = typed == null ? null : req.bindJSON(EventLogConfiguration.class, typed);
            if (events != null) {
                events.validate();
            }
            replace(
                    req.bindJSONToList(EnvironmentConfiguration.class, json.opt("environments")),
                    req.bindJSONToList(DestinationConfiguration.class, json.opt("destinations")));
            setEventLog(events);
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

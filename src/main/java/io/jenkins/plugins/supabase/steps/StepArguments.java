package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.blob.DestinationSettings;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the steps' arguments have in common. */
final class StepArguments {
    private StepArguments() {}

    /** Jenkins itself hands null for a missing argument. */
    static void requireEnvironment(String step, String environment) throws AbortException {
        requireEnvironment(step, "environment", environment);
    }

    /** @param argument that names it */
    static void requireEnvironment(String step, String argument, String environment) throws AbortException {
        if (environment == null) {
            List<String> names = names();
            throw new AbortException(step + " needs the argument " + argument + ", as in " + step + " " + argument + ": '"
                    + (names.isEmpty() ? "staging" : names.get(0)) + "'. Nothing was done."
                    + (names.isEmpty() ? "" : " Environments: " + String.join(", ", names) + "."));
        }
    }

    static ListBoxModel environmentItems() {
        ListBoxModel items = new ListBoxModel();
        names().forEach(items::add);
        return items;
    }

    static FormValidation checkEnvironment(String value) {
        List<String> names = names();
        if (names.isEmpty()) {
            return FormValidation.error("No environment is configured yet. Administrators add environments under Manage"
                    + " Jenkins » System » Supabase Delivery.");
        }
        String name = Util.fixEmptyAndTrim(value);
        // The form asks once before its list is filled, with a blank value that nobody chose.
        return name == null || names.contains(name)
                ? FormValidation.ok()
                : FormValidation.warning("There is no environment \"" + name + "\" at the moment.");
    }

    /** @return by the environment's own health rules */
    static HealthRequest health(EnvironmentConfiguration configuration, Access access) {
        HealthRequest request =
                HealthRequest.of(configuration.toEnvironment(), access).withProxy(ControllerProxy.settings());
        return configuration.getHealth() == null ? request : configuration.getHealth().applyTo(request);
    }

    static List<DestinationSettings> destinations(CredentialLookup lookup) {
        List<DestinationConfiguration> configured =
                SupabaseDeliveryConfiguration.get().getDestinations();
        List<DestinationSettings> settings = new ArrayList<>();
        configured.forEach(destination -> settings.add(destination.toSettings(lookup)));
        return settings;
    }

    /** @return a constant as a Jenkinsfile writes it */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> names() {
        return SupabaseDeliveryConfiguration.get().getEnvironments().stream()
                .map(EnvironmentConfiguration::getName)
                .toList();
    }
}

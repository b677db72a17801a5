package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Change;
import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Changed;
import io.jenkins.plugins.supabase.pages.Words;
import java.util.UUID;

/** Changes of the configuration on their way to the audit chains of the environments that they concern. */
final class ConfigurationEvents {
    private ConfigurationEvents() {}

    /** What is gone, and what all environments share, is told to all that there are. */
    static void add(String actor, Changed changed) {
        AuditEvent event = new AuditEvent(
                actor,
                "configuration." + Words.of(changed.change()),
                changed.environment() == null ? "configuration" : "environment/" + changed.environment(),
                payload(changed));
        boolean own = changed.environment() != null && changed.change() != Change.REMOVED;
        SupabaseDeliveryConfiguration.get().getEnvironments().stream()
                .map(EnvironmentConfiguration::getName)
                .filter(name -> !own || name.equals(changed.environment()))
                .forEach(name -> WaitingEvents.get().add(name, event, UUID.randomUUID()));
    }

    private static ObjectNode payload(Changed changed) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        ArrayNode settings = payload.putArray("settings");
        changed.settings().forEach(setting -> settings.addObject()
                .put("name", setting.name())
                .put("from", setting.from())
                .put("to", setting.to()));
        return payload;
    }
}

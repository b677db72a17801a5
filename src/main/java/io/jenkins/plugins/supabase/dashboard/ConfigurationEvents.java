package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Change;
import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Changed;
import io.jenkins.plugins.supabase.pages.Words;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Changes of the configuration on their way to the audit chains of the environments that they concern. */
@Extension
public class ConfigurationEvents {
    private static final Logger LOGGER = Logger.getLogger(ConfigurationEvents.class.getName());
    private static final int MOST = 1_000;

    private final Map<String, Queue<AuditEvent>> waiting = new ConcurrentHashMap<>();

    static ConfigurationEvents get() {
        return ExtensionList.lookupSingleton(ConfigurationEvents.class);
    }

    /** What is gone, and what all environments share, is told to all that there are. */
    void add(String actor, Changed changed) {
        AuditEvent event = new AuditEvent(
                actor,
                "configuration." + Words.of(changed.change()),
                changed.environment() == null ? "configuration" : "environment/" + changed.environment(),
                payload(changed));
        boolean own = changed.environment() != null && changed.change() != Change.REMOVED;
        SupabaseDeliveryConfiguration.get().getEnvironments().stream()
                .map(EnvironmentConfiguration::getName)
                .filter(name -> !own || name.equals(changed.environment()))
                .forEach(name -> add(name, event));
    }

    private void add(String environment, AuditEvent event) {
        Queue<AuditEvent> events = waiting.computeIfAbsent(environment, name -> new ConcurrentLinkedQueue<>());
        if (events.size() < MOST) {
            events.add(event);
        }
        Snapshots.get().refresh(environment);
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

    /** Writes what waits, where there is a ledger: only deployments create one. */
    void flush(EnvironmentConfiguration environment) {
        Queue<AuditEvent> events = waiting.get(environment.getName());
        if (events == null || events.isEmpty()) {
            return;
        }
        try {
            if (!LedgerAccess.read(environment, LedgerReader::exists)) {
                return;
            }
            try (Ledger ledger = Ledger.open(() -> LedgerAccess.open(environment))) {
                for (AuditEvent event = events.peek(); event != null; event = events.peek()) {
                    ledger.append(event);
                    events.remove();
                }
            }
        } catch (DeliveryException e) {
            LOGGER.log(
                    Level.WARNING,
                    "A change of the configuration is not yet in the audit chain of {0}: {1}",
                    new Object[] {environment.getName(), e.getMessage()});
        }
    }
}

package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.DecisionEntry;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.plan.Drift;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.pages.EnvironmentNews;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps up with what builds of this controller do: looks at the ledger anew, and remembers the last drift that was seen. */
@Extension
public class ControllerNews implements EnvironmentNews {
    private final Map<String, SeenDrift> drift = new ConcurrentHashMap<>();
    /** Of the first seconds of a controller, and all of the local runner. */
    private final Queue<Runnable> early = new ConcurrentLinkedQueue<>();

    private volatile boolean controller;

    /**
     * What the last plan of an environment said.
     *
     * @param subjects what has drifted; empty for nothing
     * @param page     of the plan, relative to the root of Jenkins
     */
    record SeenDrift(Instant at, List<String> subjects, boolean blocks, String page) {}

    static ControllerNews get() {
        return ExtensionList.lookupSingleton(ControllerNews.class);
    }

    /** The local runner, which has no pages, does not come here. */
    void begin() {
        controller = true;
        for (Runnable event = early.poll(); event != null; event = early.poll()) {
            event.run();
        }
    }

    /** @return null where no build planned since Jenkins started */
    SeenDrift drift(String environment) {
        return drift.get(environment);
    }

    @Override
    public void planned(String environment, String planJson, String page) {
        if (!controller) {
            return;
        }
        try {
            List<Drift> found = PlanJson.read(planJson).drift();
            drift.put(
                    environment,
                    new SeenDrift(
                            Instant.now(),
                            found.stream().map(Drift::subject).toList(),
                            found.stream().anyMatch(Drift::blocks),
                            page));
        } catch (DeliveryException e) {
            drift.remove(environment);
        }
    }

    @Override
    public void deployed(String environment) {
        if (controller) {
            Snapshots.get().refresh(environment);
        }
    }

    @Override
    public void happened(String environment, AuditEvent event, UUID id) {
        keep(() -> WaitingEvents.get().add(environment, event, id));
    }

    @Override
    public void decided(String environment, DecisionEntry decision, ObjectNode payload) {
        keep(() -> WaitingEvents.get().add(environment, WaitingEntry.of(decision, payload)));
    }

    private void keep(Runnable entry) {
        if (controller) {
            entry.run();
        } else {
            early.add(entry);
        }
    }

    @Override
    public void backedUp(String environment) {
        deployed(environment);
    }
}

package io.jenkins.plugins.supabase.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.DecisionEntry;
import java.util.UUID;

/** Hears of what steps do to environments, as far as this controller knows. Must return at once. */
public interface EnvironmentNews extends ExtensionPoint {
    static ExtensionList<EnvironmentNews> all() {
        return ExtensionList.lookup(EnvironmentNews.class);
    }

    /**
     * A step has compared a release with the environment.
     *
     * @param planJson as {@code PlanJson} writes it
     * @param page     address of the plan, relative to the root of Jenkins
     */
    default void planned(String environment, String planJson, String page) {}

    /** A deployment or a rollback has begun or ended. */
    default void deployed(String environment) {}

    /** A backup was begun, made, verified or restored. */
    default void backedUp(String environment) {}

    /**
     * Something happened that belongs into the environment's audit chain.
     *
     * @param id of the event: told twice, it is there once
     */
    default void happened(String environment, AuditEvent event, UUID id) {}

    /**
     * Somebody decided about a promotion, and the environment's ledger does not have it yet. Told twice, it is there once.
     *
     * @param payload what else belongs to its event
     */
    default void decided(String environment, DecisionEntry decision, ObjectNode payload) {}
}

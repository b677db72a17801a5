package io.jenkins.plugins.supabase.dashboard;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** What this controller knows of and the audit chains do not yet: kept on disk until it is in them. */
@Extension
public class WaitingEvents {
    private static final Logger LOGGER = Logger.getLogger(WaitingEvents.class.getName());
    private static final String FOLDER = "supabase-delivery/events-waiting";

    private EventOutbox outbox;

    static WaitingEvents get() {
        return ExtensionList.lookupSingleton(WaitingEvents.class);
    }

    /** Keeps it, with the time of this controller's clock, and has it written soon. */
    void add(String environment, AuditEvent event, UUID id) {
        AuditEvent dated = new AuditEvent(
                event.actor(),
                event.kind(),
                event.subject(),
                event.payload().deepCopy().put("happenedAt", Instant.now().toString()));
        add(environment, WaitingEntry.of(dated, id));
    }

    /** Keeps it, and has it written soon. */
    void add(String environment, WaitingEntry entry) {
        try {
            outbox().add(environment, entry);
        } catch (IOException e) {
            LOGGER.log(
                    Level.SEVERE,
                    "This is not in the audit chain of " + environment + " and will not be: " + entry.line(),
                    e);
        }
        Snapshots.get().refresh(environment);
    }

    /** Writes what waits, where there is a ledger: reading a page must not create one. */
    void flush(EnvironmentConfiguration environment) {
        try {
            boolean any = !outbox().waiting(environment.getName()).isEmpty();
            if (any && LedgerAccess.read(environment, LedgerReader::exists)) {
                outbox().deliver(environment.getName(), () -> LedgerAccess.open(environment));
            }
        } catch (DeliveryException | IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Events are not yet in the audit chain of {0}: {1}",
                    new Object[] {environment.getName(), e.getMessage()});
        }
    }


    /** Not before it is needed: only a controller has a home directory. */
    private synchronized EventOutbox outbox() {
        if (outbox == null) {
            outbox = new EventOutbox(Jenkins.get().getRootDir().toPath().resolve(FOLDER));
        }
        return outbox;
    }
}

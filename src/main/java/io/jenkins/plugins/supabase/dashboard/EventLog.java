package io.jenkins.plugins.supabase.dashboard;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.EventLogConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Writes the events of all ledgers to where administrators want them, as the ledgers are read. */
@Extension
public class EventLog {
    private static final Logger LOGGER = Logger.getLogger(EventLog.class.getName());

    private EventTail tail;
    private EventFile file;

    static EventLog get() {
        return ExtensionList.lookupSingleton(EventLog.class);
    }

    /** What does not arrive is tried again the next time. */
    synchronized void follow(String environment, LedgerReader reader) {
        EventLogConfiguration wanted = SupabaseDeliveryConfiguration.get().getEventLog();
        if (file != null && (wanted == null || !wanted.isFile())) {
            file.close();
            file = null;
        }
        if (wanted == null) {
            return;
        }
        try {
            if (tail == null) {
                tail = new EventTail(new EventCursors(home().resolve("supabase-delivery/event-cursors.properties")));
            }
            if (wanted.isFile()) {
                tail.follow(environment, reader, file());
            }
            if (wanted.getWebhookUrl() != null) {
                tail.follow(environment, reader, webhook(wanted));
            }
        } catch (IOException | DeliveryException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Events of the environment {0} did not arrive where the event log wants them: {1}. They are kept in"
                            + " its ledger and written again in a minute.",
                    new Object[] {environment, e.getMessage()});
        }
    }

    private EventFile file() throws IOException {
        if (file == null) {
            file = new EventFile(home().resolve("logs"));
        }
        return file;
    }

    private static EventWebhook webhook(EventLogConfiguration wanted) {
        return new EventWebhook(
                wanted.getWebhookUrl(),
                new CredentialLookup(CredentialSource.ofController())
                        .text("The event log", "webhookCredentialsId", wanted.getWebhookCredentialsId()),
                ControllerProxy.settings());
    }

    private static Path home() {
        return Jenkins.get().getRootDir().toPath();
    }
}

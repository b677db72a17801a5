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
        } catch (IOException e) {
            sayThatNoneArrived(environment, e);
            return;
        }
        if (wanted.isFile()) {
            follow(environment, reader, this::file);
        }
        if (wanted.getWebhookUrl() != null) {
            follow(environment, reader, () -> webhook(wanted));
        }
        if (wanted.getOtlpEndpoint() != null) {
            follow(environment, reader, () -> otlp(wanted));
        }
    }

    /** Opens a place that events go to. */
    private interface Opening {
        EventSink open() throws IOException;
    }

    /** A place that does not take them keeps no other one back. */
    private synchronized void follow(String environment, LedgerReader reader, Opening place) {
        try {
            tail.follow(environment, reader, place.open());
        } catch (IOException | DeliveryException e) {
            sayThatNoneArrived(environment, e);
        }
    }

    private static void sayThatNoneArrived(String environment, Exception e) {
        LOGGER.log(
                Level.WARNING,
                "Events of the environment {0} did not arrive where the event log wants them: {1}. They are kept in"
                        + " its ledger and written again in a minute.",
                new Object[] {environment, e.getMessage()});
    }

    private synchronized EventFile file() throws IOException {
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

    private static EventOtlp otlp(EventLogConfiguration wanted) {
        return new EventOtlp(
                wanted.getOtlpEndpoint(),
                new CredentialLookup(CredentialSource.ofController())
                        .text("The event log", "otlpHeadersCredentialsId", wanted.getOtlpHeadersCredentialsId()),
                ControllerProxy.settings());
    }

    private static Path home() {
        return Jenkins.get().getRootDir().toPath();
    }
}

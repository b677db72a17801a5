package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.AuditFilter;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.dashboard.EventOutbox.Waiting;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventOutboxTest {
    @TempDir
    private Path home;

    private EventOutbox outbox() {
        return new EventOutbox(home.resolve("waiting"));
    }

    private static Waiting event(String subject) {
        return new Waiting(
                UUID.nameUUIDFromBytes(subject.getBytes()),
                new AuditEvent(
                        "ada",
                        "credentials.used",
                        subject,
                        JsonNodeFactory.instance.objectNode().put("text", "two\nlines, \"quoted\"")));
    }

    @Test
    void waitsOverARestartInOrderAndEachOnce() throws Exception {
        outbox().add("staging", event("first"));
        outbox().add("staging", event("second"));
        outbox().add("staging", event("first"));
        outbox().add("production", event("other"));

        assertThat(outbox().waiting("staging")).containsExactly(event("first"), event("second"));
    }

    @Test
    void aLineThatACrashCutOffHarmsNoOther() throws Exception {
        outbox().add("staging", event("first"));
        Files.writeString(home.resolve("waiting/staging.jsonl"), "\n{\"id\":\"12", StandardOpenOption.APPEND);
        outbox().add("staging", event("second"));

        assertThat(outbox().waiting("staging")).containsExactly(event("first"), event("second"));
    }

    @Test
    void whatIsInTheLedgerWaitsNoMore() throws Exception {
        TestDatabase database = TestDatabase.create();
        outbox().add("staging", event("first"));
        outbox().add("staging", event("second"));

        outbox().deliver("staging", database::connect);

        assertThat(outbox().waiting("staging")).isEmpty();
        assertThat(events(database)).extracting(AuditEntry::subject).containsExactly("second", "first");
    }

    /** As where Jenkins was killed after the ledger had it, and before the file was without it. */
    @Test
    void whatIsDeliveredTwiceIsThereOnce() throws Exception {
        TestDatabase database = TestDatabase.create();
        for (int i = 0; i < 2; i++) {
            outbox().add("staging", event("first"));
            outbox().deliver("staging", database::connect);
        }

        assertThat(events(database)).hasSize(1);
    }

    @Test
    void staysWhereTheLedgerCannotBeReached() throws Exception {
        outbox().add("staging", event("first"));

        assertThatThrownBy(() -> outbox().deliver("staging", () -> {
                    throw new DeliveryException("no way");
                }))
                .hasMessage("no way");

        assertThat(outbox().waiting("staging")).containsExactly(event("first"));
    }

    @Test
    void saysSoWhereTooManyWait() throws Exception {
        Files.createDirectories(home.resolve("waiting"));
        EventOutbox outbox = outbox();
        StringBuilder lines = new StringBuilder();
        outbox.add("staging", event("first"));
        String line = Files.readString(home.resolve("waiting/staging.jsonl"));
        for (int i = 0; i < EventOutbox.MOST; i++) {
            lines.append(line);
        }
        Files.writeString(home.resolve("waiting/staging.jsonl"), lines);

        assertThatThrownBy(() -> outbox.add("staging", event("one more")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000 events wait already");
    }

    private static List<AuditEntry> events(TestDatabase database) throws Exception {
        try (Connection connection = database.connect()) {
            return Ledger.read(connection)
                    .events(new AuditFilter(Long.MAX_VALUE, null, null, null, null, null, null, 10));
        }
    }
}

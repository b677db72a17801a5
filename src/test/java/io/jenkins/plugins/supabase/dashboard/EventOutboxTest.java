package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.AuditFilter;
import io.jenkins.plugins.supabase.core.ledger.DecisionEntry;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Instant;
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

    private static ObjectNode payload() {
        return JsonNodeFactory.instance.objectNode().put("text", "two\nlines, \"quoted\"");
    }

    private static DecisionEntry decision() {
        return new DecisionEntry(
                "op",
                "a".repeat(64),
                "bob",
                DecisionEntry.Verdict.REJECTED,
                Instant.parse("2026-11-24T12:00:00.123Z"),
                "not on a Friday",
                true);
    }

    private static WaitingEntry event(String subject) {
        return WaitingEntry.of(
                new AuditEvent("ada", "credentials.used", subject, payload()),
                UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8)));
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
    void aDecisionIsInTheLedgerAsIfItHadNotWaitedAndOnce() throws Exception {
        TestDatabase database = TestDatabase.create();
        for (int i = 0; i < 2; i++) {
            outbox().add("staging", WaitingEntry.of(decision(), payload()));
            assertThat(outbox().waiting("staging")).containsExactly(WaitingEntry.of(decision(), payload()));
            outbox().deliver("staging", database::connect);
        }

        assertThat(events(database)).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("promotion.rejected");
            assertThat(event.actor()).isEqualTo("bob");
        });
        assertThat(database.query("select decided_by || ' ' || comment || ' ' || emergency || ' ' || decided_at at time"
                        + " zone 'UTC' from supabase_delivery.approvals"))
                .containsExactly("bob not on a Friday true 2026-11-24 12:00:00.123");
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
                .hasMessageContaining("1000 entries wait already");
    }

    private static List<AuditEntry> events(TestDatabase database) throws Exception {
        try (Connection connection = database.connect()) {
            return Ledger.read(connection)
                    .events(new AuditFilter(Long.MAX_VALUE, null, null, null, null, null, null, 10));
        }
    }
}

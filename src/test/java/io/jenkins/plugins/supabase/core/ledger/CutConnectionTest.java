package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class CutConnectionTest {
    /** All that a ledger holds but times and hashes. */
    private static final String CONTENT =
            """
            select concat_ws(' ', 'deployment', id, operation_id, attempts, state, fencing_token, interrupted_by,
                             snapshots_taken_at is not null)
            from supabase_delivery.deployments
            union all
            select concat_ws(' ', 'step', deployment_id, ordinal, kind, subject, state, detail)
            from supabase_delivery.steps
            union all
            select concat_ws(' ', 'snapshot', deployment_id, kind, name, digest) from supabase_delivery.snapshots
            union all
            select concat_ws(' ', 'event', seq, kind, subject) from supabase_delivery.audit_events
            order by 1
            """;

    private static void everything(Ledger ledger) {
        ledger.begin(LedgerFixture.deployment("killed")).step("migration", "1_big.sql");
        try (OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            open.saveSnapshot("config", "auth", new byte[] {1});
            open.saveSnapshot("function", "hello", "hello ".repeat(10_000).getBytes());
            open.saveSnapshot("function", "again", "hello ".repeat(10_000).getBytes());
            open.snapshotsTaken();
            open.step("migration", "1_init.sql").done("2 statements");
            open.step("migration", "2_more.sql");
        }
        try (OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            assertThat(open.baseSnapshots()).hasSize(3);
            assertThat(open.load(open.baseSnapshots().get(0))).containsExactly(1);
            open.assertCurrent();
            open.record(List.of(new FinishedStep("function", "hello", StepState.DONE, 5, "version 7")));
            open.end(Outcome.SUCCEEDED, "", LedgerFixture.state("1"));
        }
        assertThat(ledger.ask(LedgerReader::current)).isPresent();
        ledger.append(AuditChainTest.event("test.event", ""));
        ledger.recordUnchanged(LedgerFixture.deployment("op-2"), "Nothing to do.", null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRecordEverythingOnceWhereverTheConnectionIsCut(boolean afterwards) throws SQLException {
        LedgerFixture fixture = new LedgerFixture();
        CuttingConnections uncut = new CuttingConnections(fixture.database, 0, false);
        run(uncut);
        List<String> expected = fixture.database.query(CONTENT);

        for (int cutAt = 1; cutAt <= uncut.statements(); cutAt++) {
            fixture.empty();
            CuttingConnections connections = new CuttingConnections(fixture.database, cutAt, afterwards);
            run(connections);

            assertThat(connections.opened()).as("cut at %d", cutAt).isEqualTo(2);
            assertThat(fixture.database.query(CONTENT)).as("cut at %d", cutAt).isEqualTo(expected);
            try (Connection connection = fixture.database.connect()) {
                assertThat(LedgerVerifier.verify(connection, null).problems()).as("cut at %d", cutAt).isEmpty();
            }
        }
    }

    private static void run(ConnectionSource connections) {
        try (Ledger ledger = Ledger.open(connections, LedgerFixture.LONG)) {
            everything(ledger);
        }
    }

    @Test
    void shouldCostOneRoundTripACall() throws SQLException {
        CuttingConnections connections = new CuttingConnections(new LedgerFixture().database, 0, false);
        try (Ledger ledger = Ledger.open(connections, LedgerFixture.LONG)) {
            assertThat(connections.statements()).isZero();
            ledger.recordUnchanged(LedgerFixture.deployment("op-1"), "Nothing to do.", LedgerFixture.state("1"));
            assertThat(connections.statements()).as("a deployment that found nothing to do").isEqualTo(1);

            OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-2"));
            RunningStep step = open.step("migration", "1_init.sql");
            step.done("");
            open.end(Outcome.SUCCEEDED, "", null);
            assertThat(connections.statements()).as("begin, step, done, end").isEqualTo(5);
        }
    }

    @Test
    void shouldGiveUpWhenThereIsNoNewConnection() throws SQLException {
        LedgerFixture fixture = new LedgerFixture();
        AtomicBoolean gone = new AtomicBoolean();
        ConnectionSource source = () -> {
            if (gone.get()) {
                throw new SQLException("Connection refused", "08001");
            }
            return fixture.database.connect();
        };
        try (Ledger ledger = Ledger.open(source, LedgerFixture.LONG);
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            gone.set(true);
            fixture.endSessions();

            assertThatThrownBy(() -> open.step("migration", "1_init.sql"))
                    .isInstanceOf(DeliveryException.class)
                    .hasNoCause()
                    .hasMessageContaining("could not record a step: the connection was cut (SQLSTATE 08001)")
                    .hasMessageContaining("What was recorded before stays");
            assertThatThrownBy(open::assertCurrent).isInstanceOf(DeliveryException.class);

            gone.set(false);
            open.end(Outcome.FAILED, "The database was away.", null);
            assertThat(ledger.ask((LedgerReader reader) -> reader.deployment(1)))
                    .map(Deployment::state)
                    .contains(DeploymentState.FAILED);
        }
    }

    @Test
    void shouldRecordTheEndAlthoughTheBuildIsBeingAborted() throws SQLException {
        LedgerFixture fixture = new LedgerFixture();
        try (Ledger ledger = fixture.open();
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            fixture.endSessions();
            Thread.currentThread().interrupt();

            open.end(Outcome.STOPPED, "Aborted.", null);

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldNotQuoteRowsInErrors() throws SQLException {
        LedgerFixture fixture = new LedgerFixture();
        try (Ledger ledger = fixture.open()) {
            NewDeployment wrong = LedgerFixture.deployment("op-1", "not-a-digest-but-canary", DeploymentKind.DEPLOY);

            assertThatThrownBy(() -> ledger.begin(wrong))
                    .isInstanceOf(DeliveryException.class)
                    .hasNoCause()
                    .hasMessageContaining("violates check constraint")
                    .hasMessageNotContaining("canary")
                    .hasMessageNotContaining("Detail");
        }
    }
}

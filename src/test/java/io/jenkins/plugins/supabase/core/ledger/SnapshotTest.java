package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SnapshotTest {
    private LedgerFixture fixture;
    private Ledger ledger;

    @BeforeEach
    void open() throws SQLException {
        fixture = new LedgerFixture();
        ledger = fixture.open();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldGiveBackWhatWasSaved() throws SQLException {
        byte[] body = new byte[300_000];
        new Random(1).nextBytes(body);
        byte[] text = "site_url = https://example.com\n".repeat(2_000).getBytes(StandardCharsets.UTF_8);
        try (OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            open.saveSnapshot("function", "hello", body);
            open.saveSnapshot("function", "again", body);
            open.saveSnapshot("config", "auth", text);
            open.saveSnapshot("config", "empty", new byte[0]);

            List<SnapshotEntry> saved = open.baseSnapshots();
            assertThat(saved)
                    .extracting(SnapshotEntry::kind, SnapshotEntry::name, SnapshotEntry::bytes)
                    .containsExactly(
                            tuple("config", "auth", (long) text.length),
                            tuple("config", "empty", 0L),
                            tuple("function", "again", 300_000L),
                            tuple("function", "hello", 300_000L));
            assertThat(open.load(saved.get(0))).isEqualTo(text);
            assertThat(open.load(saved.get(1))).isEmpty();
            assertThat(open.load(saved.get(2))).isEqualTo(body);
            assertThat(open.load(saved.get(3))).isEqualTo(body);
        }
        assertThat(fixture.database.query("select bytes || ' ' || compressed || ' ' || (octet_length(content) < 1000)"
                        + " from supabase_delivery.snapshot_contents order by bytes"))
                .as("each content once, compressed where that helps")
                .containsExactly("0 false true", "62000 true true", "300000 false false");
    }

    @Test
    void shouldReplaceUntilComplete() {
        try (OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            open.saveSnapshot("config", "auth", new byte[] {1});
            open.saveSnapshot("config", "auth", new byte[] {2});
            assertThat(open.load(open.baseSnapshots().get(0))).containsExactly(2);
            assertThat(open.hasSnapshots()).isFalse();
            open.snapshotsTaken();
            assertThatThrownBy(() -> open.saveSnapshot("config", "auth", new byte[] {3}))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (OpenDeployment resumed = ledger.begin(LedgerFixture.deployment("op-1"))) {
            assertThat(resumed.hasSnapshots()).isTrue();
            assertThat(resumed.load(resumed.baseSnapshots().get(0))).containsExactly(2);
        }
    }

    @Test
    void shouldGoBackToBeforeTheInterruptedDeployments() {
        LedgerFixture.succeed(ledger, "op-1", LedgerFixture.FIRST_RELEASE);
        interrupted("op-2", 2, true);
        interrupted("op-3", 3, true);
        ledger.begin(LedgerFixture.deployment("op-4")).end(Outcome.FAILED, "", null);
        try (OpenDeployment open = begun("op-5", 5, true)) {
            assertThat(base(open)).isEqualTo(2);
            open.end(Outcome.ROLLED_BACK, "", null);
        }
        try (OpenDeployment open = begun("op-6", 6, true)) {
            assertThat(base(open)).as("the environment was well again").isEqualTo(6);
        }
    }

    @Test
    void shouldNotGoBackToHalfASnapshot() {
        interrupted("op-1", 1, false);
        interrupted("op-2", 2, true);

        try (OpenDeployment open = begun("op-3", 3, true)) {
            assertThat(base(open)).as("deployment 1 had changed nothing yet").isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseContentThatWasChanged() throws SQLException {
        try (OpenDeployment open = begun("op-1", 1, true)) {
            SnapshotEntry entry = open.baseSnapshots().get(0);
            fixture.database.execute("update supabase_delivery.snapshot_contents set content = '\\x09'");
            assertThatThrownBy(() -> open.load(entry))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("config auth")
                    .hasMessageContaining("is not what it was");
            fixture.database.execute("update supabase_delivery.snapshot_contents set compressed = true");
            assertThatThrownBy(() -> open.load(entry)).hasMessageContaining("is not what it was");
        }
    }

    @Test
    void shouldKeepTheNewestDeploymentsOnly() throws SQLException {
        for (int i = 1; i <= Ledger.KEPT_SNAPSHOTS + 2; i++) {
            try (OpenDeployment open = begun("op-" + i, i, true)) {
                open.end(Outcome.SUCCEEDED, "", null);
            }
        }
        assertThat(fixture.database.query("select deployment_id from supabase_delivery.snapshots order by 1"))
                .startsWith("3")
                .hasSize(Ledger.KEPT_SNAPSHOTS);
        assertThat(fixture.database.query("select count(*) from supabase_delivery.snapshot_contents"))
                .containsExactly(String.valueOf(Ledger.KEPT_SNAPSHOTS));
    }

    /** Goes away without a word, once its snapshot of one byte is saved. */
    private void interrupted(String operation, int content, boolean complete) {
        begun(operation, content, complete).close();
    }

    private OpenDeployment begun(String operation, int content, boolean complete) {
        OpenDeployment open = ledger.begin(LedgerFixture.deployment(operation));
        open.saveSnapshot("config", "auth", new byte[] {(byte) content});
        if (complete) {
            open.snapshotsTaken();
        }
        return open;
    }

    private static int base(OpenDeployment open) {
        List<SnapshotEntry> base = open.baseSnapshots();
        assertThat(base).hasSize(1);
        return open.load(base.get(0))[0];
    }
}

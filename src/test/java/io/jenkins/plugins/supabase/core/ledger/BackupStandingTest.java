package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BackupStandingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private final List<AuditEntry> newestFirst = new ArrayList<>();

    @Test
    void theNewestSnapshotCountsWhicheverWasVerifiedLast() {
        verified("1", NOW.minusSeconds(3600), null);
        verified("2", NOW.minusSeconds(60), 1500L);
        verified("1", NOW.minusSeconds(3600), 2500L);

        BackupStanding standing = BackupStanding.of(newestFirst);

        assertThat(standing.newest().id()).isEqualTo("2");
        assertThat(standing.newest().snapshotTime()).isEqualTo(NOW.minusSeconds(60));
        assertThat(standing.drill().rto()).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void oneThatWasFoundDamagedLaterDoesNotCountUntilItIsFoundSound() {
        verified("1", NOW.minusSeconds(3600), null);
        verified("2", NOW, 1500L);
        event(VerifiedBackup.UNSOUND, "2", "{}");

        assertThat(BackupStanding.of(newestFirst).newest().id()).isEqualTo("1");
        assertThat(BackupStanding.of(newestFirst).drill()).isNull();

        verified("2", NOW, null);

        assertThat(BackupStanding.of(newestFirst).newest().id()).isEqualTo("2");
        assertThat(BackupStanding.of(newestFirst).drill().rto()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void anEventThatTellsNoSnapshotCountsFromItsOwnTime() {
        event(VerifiedBackup.VERIFIED, "7", "{}");

        assertThat(BackupStanding.of(newestFirst).newest().snapshotTime()).isEqualTo(NOW);
        assertThat(BackupStanding.of(List.of())).isEqualTo(BackupStanding.NONE);
    }

    private void verified(String id, Instant snapshot, Long rtoMillis) {
        event(VerifiedBackup.VERIFIED, id,
                "{\"snapshotTime\": \"%s\", \"rtoMillis\": %s}".formatted(snapshot, rtoMillis));
    }

    private void event(String kind, String id, String payload) {
        newestFirst.add(0, new AuditEntry(
                newestFirst.size() + 1, UUID.randomUUID(), NOW, "ops", kind, VerifiedBackup.subject(id), payload,
                "0".repeat(64)));
    }
}

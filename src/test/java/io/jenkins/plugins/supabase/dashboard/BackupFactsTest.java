package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.core.ledger.BackupStanding;
import io.jenkins.plugins.supabase.core.ledger.VerifiedBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupFactsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void anObjectiveThatIsMissedIsRedAndSaysSo() {
        BackupConfiguration objectives = objectives("24h", "1h");

        assertThat(facts(objectives, new BackupStanding(null, null)))
                .extracting(Fact::value, Fact::level)
                .containsExactly(
                        tuple("none yet", "danger"),
                        tuple("none yet", "danger"));
        assertThat(facts(objectives, standing(Duration.ofHours(25), Duration.ofMinutes(61))))
                .extracting(Fact::detail, Fact::level)
                .containsExactly(
                        tuple("RPO of 24 h missed", "danger"),
                        tuple("RTO of 1 h missed", "danger"));
        assertThat(facts(objectives, standing(Duration.ofHours(24), Duration.ofMinutes(60))))
                .extracting(Fact::detail, Fact::level)
                .containsExactly(
                        tuple("RPO of 24 h met", "ok"),
                        tuple("RTO of 1 h met", "ok"));
    }

    @Test
    void withoutObjectivesNothingIsGoodOrBad() {
        assertThat(facts(null, BackupStanding.NONE)).extracting(Fact::level).containsExactly("");
        assertThat(facts(objectives(null, null), standing(Duration.ofDays(9), Duration.ofMinutes(2))))
                .extracting(Fact::value, Fact::level)
                .containsExactly(
                        tuple("000002-x", ""),
                        tuple("restored in 2 min 0 s", ""));
    }

    private static List<Fact> facts(BackupConfiguration configuration, BackupStanding standing) {
        return BackupFacts.of(configuration, standing, NOW);
    }

    private static BackupConfiguration objectives(String rpo, String rto) {
        BackupConfiguration configuration = new BackupConfiguration();
        configuration.setRpo(rpo);
        configuration.setRto(rto);
        return configuration;
    }

    private static BackupStanding standing(Duration age, Duration rto) {
        VerifiedBackup backup = new VerifiedBackup("000002-x", NOW.minus(age), NOW, rto, 5);
        return new BackupStanding(backup, backup);
    }
}

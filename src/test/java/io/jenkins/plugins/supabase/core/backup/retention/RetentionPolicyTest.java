package io.jenkins.plugins.supabase.core.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.retention.RetentionPolicy.Candidate;
import io.jenkins.plugins.supabase.core.backup.retention.RetentionPolicy.Decision;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final RetentionPolicy USUAL = new RetentionPolicy(0, 7, 4, 12, null);

    @Test
    void keepsTheNewestOfEachPeriod() {
        List<Candidate> nightly = new ArrayList<>();
        for (int day = 400; day >= 0; day--) {
            nightly.add(candidate(401 - day, NOW.minus(day, ChronoUnit.DAYS), false));
        }

        List<Decision> kept = kept(USUAL, nightly);

        // Tuesday the 24th and six days before; three Sundays before this week; ends of eleven months before this one.
        assertThat(kept).extracting(decision -> decision.backup().snapshotTime().toString().substring(0, 10))
                .containsExactly(
                        "2026-11-24", "2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20", "2026-11-19",
                                "2026-11-18",
                        "2026-11-15", "2026-11-08", "2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31",
                                "2026-06-30",
                        "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31");
        assertThat(kept.get(0).reasons()).containsExactly("newest", "daily", "weekly", "monthly");
        assertThat(kept.get(2).reasons()).containsExactly("daily", "weekly");
        assertThat(kept.get(19).reasons()).containsExactly("monthly");
    }

    @Test
    void keepsTheLastOfADayWithMany() {
        List<Candidate> hourly = new ArrayList<>();
        for (int hour = 47; hour >= 0; hour--) {
            hourly.add(candidate(48 - hour, NOW.minus(hour, ChronoUnit.HOURS), false));
        }

        assertThat(kept(new RetentionPolicy(0, 2, 0, 0, null), hourly))
                .extracting(decision -> decision.backup().snapshotTime())
                .containsExactly(NOW, Instant.parse("2026-11-23T23:00:00Z"));
    }

    @Test
    void daysWithoutABackupDoNotCount() {
        List<Candidate> rare = List.of(
                candidate(1, NOW.minus(90, ChronoUnit.DAYS), false),
                candidate(2, NOW.minus(60, ChronoUnit.DAYS), false),
                candidate(3, NOW.minus(30, ChronoUnit.DAYS), false));

        assertThat(kept(new RetentionPolicy(0, 2, 0, 0, null), rare))
                .extracting(decision -> decision.backup().sequence()).containsExactly(3L, 2L);
    }

    @Test
    void keepsTheNewestVerifiedHoweverOldItIs() {
        List<Candidate> backups = List.of(
                candidate(1, NOW.minus(900, ChronoUnit.DAYS), true),
                candidate(2, NOW.minus(800, ChronoUnit.DAYS), true),
                candidate(3, NOW.minus(700, ChronoUnit.DAYS), false),
                candidate(4, NOW, false));

        List<Decision> kept = kept(new RetentionPolicy(1, 0, 0, 0, null), backups);

        assertThat(kept).extracting(decision -> decision.backup().sequence()).containsExactly(4L, 2L);
        assertThat(kept.get(1).reasons()).containsExactly("newest verified");
    }

    @Test
    void aClockThatWentBackDoesNotMakeANewerBackupAnOlderOne() {
        List<Candidate> backups = List.of(
                candidate(1, NOW.plus(1, ChronoUnit.DAYS), false), candidate(2, NOW.minus(1, ChronoUnit.DAYS), false));

        assertThat(kept(new RetentionPolicy(1, 0, 0, 0, null), backups))
                .extracting(decision -> decision.backup().sequence()).containsExactly(2L);
    }

    @Test
    void keepsWhatIsYoung() {
        List<Candidate> backups = List.of(
                candidate(1, NOW.minus(49, ChronoUnit.HOURS), false),
                candidate(2, NOW.minus(47, ChronoUnit.HOURS), false),
                candidate(3, NOW.minus(46, ChronoUnit.HOURS), false));

        assertThat(kept(new RetentionPolicy(0, 0, 0, 0, Duration.ofHours(48)), backups))
                .extracting(decision -> decision.backup().sequence()).containsExactly(3L, 2L);
    }

    @Test
    void keepingAgainKeepsTheSame() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<Candidate> backups = new ArrayList<>();
            for (int i = 1; i <= random.nextInt(60) + 1; i++) {
                Instant time = NOW.minus(random.nextInt(24 * 500), ChronoUnit.HOURS);
                backups.add(candidate(i, time, random.nextInt(8) == 0));
            }
            RetentionPolicy policy = new RetentionPolicy(
                    random.nextInt(3), random.nextInt(8), random.nextInt(5), 1 + random.nextInt(12), null);

            List<Candidate> once = kept(policy, backups).stream().map(Decision::backup).toList();
            List<Candidate> twice = kept(policy, once).stream().map(Decision::backup).toList();

            assertThat(twice).isEqualTo(once);
            assertThat(once).contains(backups.get(backups.size() - 1));
            backups.stream().filter(Candidate::verified).reduce((first, second) -> second)
                    .ifPresent(newest -> assertThat(once).contains(newest));
        }
    }

    @Test
    void readsRules() {
        assertThat(RetentionPolicy.parse("daily 7, weekly 4 ,monthly 12")).isEqualTo(USUAL);
        assertThat(RetentionPolicy.parse("last 3, within 1d 12h"))
                .isEqualTo(new RetentionPolicy(3, 0, 0, 0, Duration.ofHours(36)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "daily", "hourly 3", "daily x", "daily 7, daily 8", "daily -1", "daily 0",
            "within soon", "daily 7,"})
    void refusesWhatIsNoRule(String text) {
        assertThatThrownBy(() -> RetentionPolicy.parse(text))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("Nothing was removed", "daily 7, weekly 4, monthly 12");
    }

    @Test
    void keepsTheNewestThatHoldsStorageObjects() {
        List<Candidate> backups = List.of(
                new Candidate("000001", 1, NOW.minus(Duration.ofDays(3)), false, true),
                new Candidate("000002", 2, NOW.minus(Duration.ofDays(2)), false, true),
                candidate(3, NOW.minus(Duration.ofDays(1)), false));

        assertThat(kept(RetentionPolicy.parse("last 1"), backups))
                .extracting(decision -> decision.backup().id() + " " + decision.reasons())
                .containsExactly("000003 [newest, last]", "000002 [newest with storage]");
    }

    private static Candidate candidate(long sequence, Instant time, boolean verified) {
        return new Candidate("%06d".formatted(sequence), sequence, time, verified, false);
    }

    private static List<Decision> kept(RetentionPolicy policy, List<Candidate> backups) {
        return policy.decide(backups, NOW).stream().filter(Decision::isKept).toList();
    }
}

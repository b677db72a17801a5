package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.ledger.HealthEntry;
import io.jenkins.plugins.supabase.core.ledger.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether an environment is healthy now, and was so through a soak, by the checks that are on record. */
final class SoakHealth {
    /** What was seen longer ago says nothing of now. */
    static final Duration NOW = Duration.ofMinutes(15);

    /** Of a soak may pass without a check, but never less than {@link #NOW}. */
    private static final int LONGEST_PART = 4;

    private final String environment;
    private final SourceState source;
    private final Tenure tenure;
    private final Duration soak;

    SoakHealth(String environment, SourceState source, Duration soak) {
        this.environment = environment;
        this.source = source;
        this.tenure = source.tenure();
        this.soak = soak;
    }

    GateCondition look() {
        HealthEntry last = source.last();
        if (last == null) {
            return fail("No health check of " + environment + " is on record. " + schedule());
        }
        Duration age = Duration.between(last.at(), tenure.now());
        if (last.verdict() != HealthEntry.Verdict.HEALTHY) {
            return fail("The newest check of %s, %s ago, found it %s%s. Make it healthy, then promote.".formatted(
                    environment, TimeText.of(age), last.verdict(), failing(last)));
        }
        if (age.compareTo(NOW) > 0) {
            return fail("The newest check of %s is %s old, so that nothing is known of now. %s".formatted(
                    environment, TimeText.of(age), schedule()));
        }
        if (!tenure.certain()) {
            return fail("It is not certain what runs in " + environment + ", so health says nothing of the release.");
        }
        return soak.isZero()
                ? pass("The newest check of %s, %s ago, found it healthy (%d probes).".formatted(
                        environment, TimeText.of(age), last.probed()))
                : through(age);
    }

    private GateCondition through(Duration age) {
        Instant begin = later(tenure.since(), tenure.now().minus(soak));
        List<HealthEntry> checks =
                source.checks().stream().filter(check -> !time(check).isBefore(begin)).toList();
        List<HealthEntry> bad = checks.stream()
                .filter(check -> check.verdict() == HealthEntry.Verdict.UNHEALTHY)
                .toList();
        String looked = Duration.between(begin, tenure.now()).compareTo(soak) < 0
                ? "since the release runs there"
                : "in the last " + TimeText.of(soak);
        if (!bad.isEmpty()) {
            HealthEntry newest = bad.get(bad.size() - 1);
            return fail("%d of %d checks of %s %s failed, the last one at %s%s. Let it be healthy for %s, then promote."
                    .formatted(bad.size(), checks.size(), environment, looked, TimeText.of(newest.at()),
                            failing(newest), TimeText.of(soak)));
        }
        Duration longest = longestWithout(checks, begin);
        Duration allowed = later(soak.dividedBy(LONGEST_PART), NOW);
        String evidence = "%d checks of %s %s, none unhealthy, never more than %s without one; the newest is %s old."
                .formatted(checks.size(), environment, looked, TimeText.of(longest), TimeText.of(age));
        return longest.compareTo(allowed) <= 0
                ? pass(evidence)
                : fail(evidence + " At most " + TimeText.of(allowed) + " without a check are allowed. " + schedule());
    }

    /** A check that says nothing ends no gap. */
    private Duration longestWithout(List<HealthEntry> checks, Instant begin) {
        Duration longest = Duration.ZERO;
        Instant before = begin;
        for (HealthEntry check : checks) {
            if (check.verdict() == HealthEntry.Verdict.HEALTHY) {
                longest = later(longest, Duration.between(before, time(check)));
                before = time(check);
            }
        }
        return later(longest, Duration.between(before, tenure.now()));
    }

    /** The check of the deployment that brought the release came a moment before that had ended. */
    private Instant time(HealthEntry check) {
        boolean ofArrival = check.deployment() != null && check.deployment() == tenure.first();
        return ofArrival ? later(check.at(), tenure.since()) : check.at();
    }

    private static <T extends Comparable<T>> T later(T one, T other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String failing(HealthEntry check) {
        return check.failing().isEmpty() ? "" : " (" + String.join("; ", check.failing()) + ")";
    }

    private String schedule() {
        return "Let a job run verifyHealth environment: '%s' by a schedule, such as every %d minutes, then promote."
                .formatted(environment, NOW.toMinutes() - 5);
    }

    private static GateCondition pass(String evidence) {
        return GateCondition.pass(Condition.HEALTH, evidence);
    }

    private static GateCondition fail(String evidence) {
        return GateCondition.fail(Condition.HEALTH, evidence);
    }
}

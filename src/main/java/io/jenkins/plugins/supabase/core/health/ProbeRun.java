package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks all probes at once, at most so many at a time, and each again for as long as that can help. */
final class ProbeRun {
    private static final long PROGRESS_SECONDS = 5;
    /** For an attempt whose own timeout is late, and for threads to end. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<Probe> probes;
    private final Pacing pacing;
    private final Progress progress;
    private final Map<Subject, ProbeResult> results = new LinkedHashMap<>();
    private final CountDownLatch undecided;
    private final ScheduledThreadPoolExecutor pool;
    private final long start = System.nanoTime();

    ProbeRun(List<Probe> probes, Pacing pacing, Progress progress) {
        this.probes = probes;
        this.pacing = pacing;
        this.progress = progress;
        this.undecided = new CountDownLatch(probes.size());
        this.pool = threads(Math.max(1, Math.min(pacing.concurrency(), probes.size())));
    }

    /**
     * @param cancel ends what probes are doing in ways that an interrupt does not reach
     * @throws InterruptedException when nothing goes on any more
     */
    Map<Subject, ProbeResult> run(Runnable cancel) throws InterruptedException {
        try {
            for (Probe probe : probes) {
                pool.execute(() -> attempt(probe, probe.subjects(), 1));
            }
            waitForVerdicts();
        } finally {
            cancel.run();
            pool.shutdownNow();
            pool.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return verdicts();
    }

    private static ScheduledThreadPoolExecutor threads(int size) {
        AtomicInteger counter = new AtomicInteger();
        return new ScheduledThreadPoolExecutor(size, task -> {
            Thread thread = new Thread(task, "supabase-health-probe-" + counter.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private void attempt(Probe probe, List<Subject> open, int number) {
        try {
            Probe.Clock clock = clock();
            boolean cut = clock.attempt().compareTo(pacing.attemptTimeout()) < 0;
            List<Subject> again = record(probe.ask(open, clock), number, cut);
            Optional<Duration> pause = again.isEmpty() ? Optional.empty() : pause(number);
            if (pause.isEmpty()) {
                undecided.countDown();
            } else {
                pool.schedule(() -> attempt(probe, again, number + 1), pause.get().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            open.forEach(subject -> record(failure(subject, e), number));
            undecided.countDown();
        }
    }

    /** @return empty when another attempt would come too late; near the end pauses shrink, so that the time is used */
    private Optional<Duration> pause(int attempts) {
        Duration regular = pacing.pauseAfter(attempts);
        Duration remaining = remaining();
        if (regular.compareTo(remaining) < 0) {
            return Optional.of(regular);
        }
        Duration half = remaining.dividedBy(2);
        return half.compareTo(pacing.firstPause().dividedBy(4)) < 0 ? Optional.empty() : Optional.of(half);
    }

    private Probe.Clock clock() {
        Duration check = remaining();
        return new Probe.Clock(check.compareTo(pacing.attemptTimeout()) < 0 ? check : pacing.attemptTimeout(), check);
    }

    private Duration remaining() {
        Duration remaining = pacing.timeout().minusNanos(System.nanoTime() - start);
        return remaining.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : remaining;
    }

    /** @param cut the check's end left less time than an attempt has: then an earlier answer says more than none */
    private List<Subject> record(List<Finding> findings, int attempts, boolean cut) {
        findings.stream()
                .filter(finding -> !(cut && finding.late() && isKnown(finding.subject())))
                .forEach(finding -> record(finding, attempts));
        return findings.stream()
                .filter(finding -> !finding.definite())
                .map(Finding::subject)
                .toList();
    }

    private boolean isKnown(Subject subject) {
        synchronized (results) {
            return results.containsKey(subject);
        }
    }

    private void record(Finding finding, int attempts) {
        Subject subject = finding.subject();
        ProbeResult result = new ProbeResult(
                subject.name(),
                subject.target(),
                finding.verdict(),
                Math.round(finding.latency().toNanos() / 1e6),
                attempts,
                finding.detail());
        synchronized (results) {
            results.put(subject, result);
        }
    }

    /** Without the message, which may hold anything. */
    private static Finding failure(Subject subject, RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        String what = failure.getClass().getSimpleName() + where;
        return Finding.hopeless(subject, Duration.ZERO, "the probe itself failed, which is a bug: " + what);
    }

    private void waitForVerdicts() throws InterruptedException {
        Duration longest = pacing.timeout().plus(GRACE);
        while (!undecided.await(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
            if (System.nanoTime() - start > longest.toNanos()) {
                return;
            }
            reportProgress();
        }
    }

    private void reportProgress() {
        Map<Subject, ProbeResult> current = verdicts();
        List<ProbeResult> waiting = current.values().stream()
                .filter(result -> result.verdict() != Verdict.HEALTHY)
                .toList();
        progress.line(waiting.size() + " of " + current.size() + " probes not healthy yet, "
                + HealthTable.seconds(remaining().toMillis()) + " left: " + Failures.named(waiting));
    }

    private Map<Subject, ProbeResult> verdicts() {
        Map<Subject, ProbeResult> verdicts = new LinkedHashMap<>();
        synchronized (results) {
            for (Probe probe : probes) {
                for (Subject subject : probe.subjects()) {
                    ProbeResult result = results.get(subject);
                    verdicts.put(subject, result == null ? unanswered(subject) : result);
                }
            }
        }
        return verdicts;
    }

    private ProbeResult unanswered(Subject subject) {
        long millis = Math.min(pacing.timeout().toMillis(), (System.nanoTime() - start) / 1_000_000);
        return new ProbeResult(
                subject.name(),
                subject.target(),
                Verdict.UNHEALTHY,
                millis,
                1,
                "no answer within " + HealthTable.seconds(millis));
    }
}

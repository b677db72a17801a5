package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.ledger.FinishedStep;
import io.jenkins.plugins.supabase.core.ledger.StepState;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs steps one after the other, and tells of them in the log, in the journal and in the result. */
final class Steps {
    private final Journal journal;
    private final Progress progress;
    private final List<StepReport> reports = new ArrayList<>();

    Steps(Journal journal, Progress progress) {
        this.journal = journal;
        this.progress = progress;
    }

    /** Does one thing, and says in one line what it did. */
    interface Action {
        String run() throws InterruptedException;
    }

    /** Runs a step that changes something, once it is sure that nobody else deploys by now. */
    void run(String kind, String subject, Action action) throws InterruptedException {
        journal.assertCurrent();
        long start = System.nanoTime();
        Journal.Entry entry = journal.begin(kind, subject);
        try {
            String detail = action.run();
            entry.done(detail);
            add(new StepReport(kind, subject, true, millisSince(start), detail));
        } catch (DeliveryException e) {
            entry.failed(e.getMessage());
            add(new StepReport(kind, subject, false, millisSince(start), e.getMessage()));
            throw e;
        } catch (InterruptedException e) {
            reports.add(new StepReport(kind, subject, false, millisSince(start), StepReport.INTERRUPTED));
            throw e;
        }
    }

    /** Adds steps that ran within another one. */
    void record(List<StepReport> within) {
        if (within.isEmpty()) {
            return;
        }
        reports.addAll(within);
        journal.record(within.stream()
                .map(step -> new FinishedStep(
                        step.kind(),
                        step.subject(),
                        step.done() ? StepState.DONE : StepState.FAILED,
                        step.millis(),
                        step.detail()))
                .toList());
    }

    List<StepReport> reports() {
        return List.copyOf(reports);
    }

    private void add(StepReport report) {
        reports.add(report);
        if (report.done() && !report.detail().isEmpty()) {
            progress.line("%s: %s (%d ms)".formatted(report.label(), report.detail(), report.millis()));
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.FinishedStep;
import io.jenkins.plugins.supabase.core.ledger.HealthEntry;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.OpenDeployment;
import io.jenkins.plugins.supabase.core.ledger.Outcome;
import io.jenkins.plugins.supabase.core.ledger.RunningStep;
import io.jenkins.plugins.supabase.core.ledger.SnapshotEntry;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.util.ArrayList;
import java.util.List;

final class LedgerJournal implements Journal {
    private final Ledger ledger;
    private final OpenDeployment deployment;
    private final Progress progress;

    LedgerJournal(Ledger ledger, OpenDeployment deployment, Progress progress) {
        this.ledger = ledger;
        this.deployment = deployment;
        this.progress = progress;
    }

    @Override
    public long id() {
        return deployment.id();
    }

    @Override
    public boolean goesOn() {
        return deployment.resumed() || !deployment.interrupted().isEmpty();
    }

    @Override
    public Entry begin(String kind, String subject) {
        RunningStep step = deployment.step(kind, subject);
        return new Entry() {
            @Override
            public void done(String detail) {
                step.done(detail);
            }

            @Override
            public void failed(String detail) {
                step.failed(detail);
            }
        };
    }

    @Override
    public void record(List<FinishedStep> finished) {
        deployment.record(finished);
    }

    @Override
    public void assertCurrent() {
        deployment.assertCurrent();
    }

    @Override
    public void health(HealthReport report) {
        Deployment row = ledger.ask(reader -> reader.deployment(id())).orElseThrow();
        ledger.recordHealth(HealthEntry.of(report, id(), row.actor(), row.buildUrl()));
    }

    @Override
    public boolean hasSnapshots() {
        return deployment.hasSnapshots();
    }

    @Override
    public void saveSnapshot(String kind, String name, byte[] content) {
        deployment.saveSnapshot(kind, name, content);
    }

    @Override
    public void snapshotsTaken() {
        deployment.snapshotsTaken();
    }

    @Override
    public Snapshots snapshots() {
        List<SnapshotEntry> entries = new ArrayList<>(deployment.baseSnapshots());
        if (entries.stream().noneMatch(entry -> entry.deployment() == id())) {
            entries.addAll(ledger.ask(reader -> reader.snapshots(id())));
        }
        return Snapshots.of(entries, deployment::load);
    }

    @Override
    public void end(Outcome outcome, String message, EnvironmentState state) {
        AuditEntry last = deployment.end(outcome, message, state);
        // Beside the ledger, so that nobody who can write to the database can cut its end off unseen.
        progress.line("The ledger's audit chain ends at " + last.head() + ".");
    }

    @Override
    public void close() {
        deployment.close();
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.FinishedStep;
import io.jenkins.plugins.supabase.core.ledger.Outcome;
import java.util.List;

/** Where a running deployment writes down what it does: the environment's ledger, or memory where it has none. */
interface Journal extends AutoCloseable {
    /** @return of the deployment in the ledger; 0 where there is none */
    long id();

    /** @return whether an earlier attempt of the same build's step, or of another one, may have done a part of the work */
    boolean goesOn();

    Entry begin(String kind, String subject);

    /** Writes down steps that are over, in one go. */
    void record(List<FinishedStep> finished);

    /** @throws io.jenkins.plugins.supabase.core.operation.DeliveryException if somebody else deploys by now */
    void assertCurrent();

    /** Keeps what a health check of this deployment found. */
    void health(HealthReport report);

    boolean hasSnapshots();

    void saveSnapshot(String kind, String name, byte[] content);

    void snapshotsTaken();

    /** @return what leads back; where interrupted deployments lie before this one, the first one's snapshots come first */
    Snapshots snapshots();

    /** @param state what the environment has now; null where that is not known */
    void end(Outcome outcome, String message, EnvironmentState state);

    @Override
    void close();

    /** One step that runs. */
    interface Entry {
        void done(String detail);

        void failed(String detail);
    }
}

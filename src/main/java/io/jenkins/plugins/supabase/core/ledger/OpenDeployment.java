package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A deployment that runs. Its heartbeat goes on until it is closed; all that it records is refused by the database once
 * another deployment has begun. Safe for use by several threads.
 */
public final class OpenDeployment implements AutoCloseable {
    private static final String END = "SELECT " + Rows.EVENT_COLUMNS
            + " FROM supabase_delivery.end_deployment(?, ?, ?, ?, ?::jsonb, ?) e";

    private final LedgerSession session;
    private final Fence fence;
    private final Opening opening;
    private final Heartbeat heartbeat;
    private final StepLog steps;
    private final SnapshotStore snapshots;

    OpenDeployment(LedgerSession session, Lease lease, Opening opening) {
        this.session = session;
        this.opening = opening;
        this.fence = new Fence(session, lease, opening.id(), opening.token());
        this.steps = new StepLog(fence, new AtomicInteger(opening.nextOrdinal()));
        this.snapshots = new SnapshotStore(fence, opening.snapshotsTaken());
        this.heartbeat = Heartbeat.start(fence, lease);
    }

    /**
     * What beginning it found.
     *
     * @param interrupted deployments that it closed as INTERRUPTED
     */
    record Opening(
            long id, long token, int attempts, int nextOrdinal, boolean snapshotsTaken, List<Long> interrupted) {
        static Opening of(ResultSet row) throws SQLException {
            Array interrupted = row.getArray("interrupted");
            return new Opening(
                    row.getLong("deployment_id"),
                    row.getLong("token"),
                    row.getInt("attempts"),
                    row.getInt("next_ordinal"),
                    row.getBoolean("snapshots_taken"),
                    List.of((Long[]) interrupted.getArray()));
        }
    }

    public long id() {
        return opening.id();
    }

    public long fencingToken() {
        return opening.token();
    }

    /** @return whether this goes on with a deployment that the same operation had begun */
    public boolean resumed() {
        return opening.attempts() > 1;
    }

    /** @return the deployments that this one found open and closed as INTERRUPTED, in their order */
    public List<Long> interrupted() {
        return opening.interrupted();
    }

    /**
     * Records that a step begins. Steps keep the order in which they begin, those of an earlier attempt first.
     *
     * @param kind    what is done, such as {@code migration}
     * @param subject to what, such as a file name; may be empty
     */
    public RunningStep step(String kind, String subject) {
        return steps.begin(kind, subject);
    }

    /** Records steps that are over, in one round trip. */
    public void record(List<FinishedStep> finished) {
        steps.record(finished);
    }

    /**
     * To be called before each phase that changes what no transaction guards, such as the platform's API.
     *
     * @throws DeliveryException naming who took over, or that the lease ran out, or that the database could not be
     * asked
     */
    public void assertCurrent() {
        fence.assertCurrent();
    }

    /** @return whether {@link #snapshotsTaken} was called, now or in an earlier attempt */
    public boolean hasSnapshots() {
        return snapshots.taken();
    }

    /**
     * Keeps what the environment has before it is changed; the same kind and name again replaces it.
     *
     * @param content at most a few tens of megabytes, as it is held in memory; no secret, or encrypted
     * @throws IllegalStateException after {@link #snapshotsTaken}
     */
    public void saveSnapshot(String kind, String name, byte[] content) {
        snapshots.save(kind, name, content);
    }

    /** Declares the snapshots complete. Nothing may be changed before; they cannot be changed after. */
    public void snapshotsTaken() {
        snapshots.complete();
    }

    /**
     * The snapshots to go back to: where deployments were interrupted since the last one that ended well, those of the
     * first of them, as this deployment found things half changed; its own otherwise.
     *
     * @return in the order of kind and name; empty where the deployment has none yet
     */
    public List<SnapshotEntry> baseSnapshots() {
        return session.run("read snapshots", connection -> LedgerReader.ofNewest(connection).baseSnapshots(id()));
    }

    /** @throws DeliveryException if the content is not what its digest says */
    public byte[] load(SnapshotEntry entry) {
        return session.run("read a snapshot", connection -> LedgerReader.ofNewest(connection).load(entry));
    }

    /**
     * Records the end, together with its audit event. Steps that are still open become INTERRUPTED. May come after the
     * lease ran out, as long as nobody took over.
     *
     * @param message one paragraph for people; empty for nothing to say
     * @param state   what the environment has now; null where that is not known, or as before
     * @return the audit event
     * @throws DeliveryException naming who took over
     */
    public AuditEntry end(Outcome outcome, String message, EnvironmentState state) {
        heartbeat.close();
        Optional<AuditEntry> event = session.run("record the end of deployment " + id(), connection -> {
            try (PreparedStatement call = connection.prepareStatement(END)) {
                call.setLong(1, id());
                call.setLong(2, fencingToken());
                call.setString(3, outcome.name());
                call.setString(4, message);
                call.setString(5, Rows.json(state));
                call.setInt(6, Ledger.KEPT_SNAPSHOTS);
                try (ResultSet row = call.executeQuery()) {
                    return row.next() ? Optional.of(Rows.event(row)) : Optional.empty();
                }
            }
        });
        return event.orElseThrow(fence::lost);
    }

    /** Stops the heartbeat. A deployment that was not ended then reads INTERRUPTED when its lease has run out. */
    @Override
    public void close() {
        heartbeat.close();
    }
}

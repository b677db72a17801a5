package io.jenkins.plugins.supabase.core.ledger;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Writes the steps of a deployment. */
final class StepLog {
    private static final String BEGIN =
            """
            INSERT INTO supabase_delivery.steps AS s (deployment_id, ordinal, kind, subject, state, started_at)
            SELECT lease.id, ?, ?, ?, 'RUNNING', clock_timestamp() FROM lease
            ON CONFLICT (deployment_id, ordinal) DO UPDATE SET started_at = s.started_at
            """;
    private static final String END =
            """
            UPDATE supabase_delivery.steps s SET state = ?, detail = ?, ended_at = clock_timestamp(),
                millis = floor(extract(epoch FROM clock_timestamp() - s.started_at) * 1000)
            FROM lease WHERE s.deployment_id = lease.id AND s.ordinal = ? AND s.state IN ('RUNNING', ?)
            """;
    private static final String RECORD =
            """
            INSERT INTO supabase_delivery.steps AS s
                (deployment_id, ordinal, kind, subject, state, started_at, ended_at, millis, detail)
            SELECT lease.id, ? + f.n - 1, f.kind, f.subject, f.state,
                clock_timestamp() - f.millis * interval '1 millisecond', clock_timestamp(), f.millis, f.detail
            FROM lease, unnest(?, ?, ?, ?, ?) WITH ORDINALITY f(kind, subject, state, millis, detail, n)
            ON CONFLICT (deployment_id, ordinal) DO UPDATE SET started_at = s.started_at
            """;

    private final Fence fence;
    private final AtomicInteger next;

    StepLog(Fence fence, AtomicInteger next) {
        this.fence = fence;
        this.next = next;
    }

    RunningStep begin(String kind, String subject) {
        int ordinal = next.getAndIncrement();
        int written = fence.write("record a step", BEGIN, statement -> {
            statement.setInt(Fence.LEASE_PARAMETERS + 1, ordinal);
            statement.setString(Fence.LEASE_PARAMETERS + 2, kind);
            statement.setString(Fence.LEASE_PARAMETERS + 3, subject);
        });
        requireWritten(written, 1);
        return new RunningStep(this, ordinal);
    }

    void end(int ordinal, StepState state, String detail) {
        int written = fence.write("record the end of a step", END, statement -> {
            statement.setString(Fence.LEASE_PARAMETERS + 1, state.name());
            statement.setString(Fence.LEASE_PARAMETERS + 2, detail);
            statement.setInt(Fence.LEASE_PARAMETERS + 3, ordinal);
            statement.setString(Fence.LEASE_PARAMETERS + 4, state.name());
        });
        requireWritten(written, 1);
    }

    void record(List<FinishedStep> finished) {
        if (finished.isEmpty()) {
            return;
        }
        int first = next.getAndAdd(finished.size());
        int written = fence.write("record steps", RECORD, statement -> {
            int at = Fence.LEASE_PARAMETERS + 1;
            statement.setInt(at, first);
            statement.setArray(at + 1, text(statement, finished.stream().map(FinishedStep::kind)));
            statement.setArray(at + 2, text(statement, finished.stream().map(FinishedStep::subject)));
            statement.setArray(at + 3, text(statement, finished.stream().map(step -> step.state().name())));
            statement.setArray(at + 4, statement.getConnection()
                    .createArrayOf("int8", finished.stream().map(FinishedStep::millis).toArray()));
            statement.setArray(at + 5, text(statement, finished.stream().map(FinishedStep::detail)));
        });
        requireWritten(written, finished.size());
    }

    private static Array text(PreparedStatement statement, Stream<String> values) throws SQLException {
        return statement.getConnection().createArrayOf("text", values.toArray());
    }

    private void requireWritten(int written, int expected) {
        if (written != expected) {
            throw fence.lost();
        }
    }
}

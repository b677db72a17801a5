package io.jenkins.plugins.supabase.core.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes the snapshots of a deployment. */
final class SnapshotStore {
    /** Below, asking whether the ledger has the content costs more than sending it. */
    private static final int SMALL = 8 * 1024;

    private static final String KNOWN =
            """
            INSERT INTO supabase_delivery.snapshots (deployment_id, kind, name, digest)
            SELECT lease.id, ?, ?, c.digest FROM lease, supabase_delivery.snapshot_contents c WHERE c.digest = ?
            ON CONFLICT (deployment_id, kind, name) DO UPDATE SET digest = excluded.digest, taken_at = clock_timestamp()
            """;
    private static final String NEW =
            """
            , content AS (
                INSERT INTO supabase_delivery.snapshot_contents (digest, bytes, compressed, content)
                SELECT ?, ?, ?, ? FROM lease ON CONFLICT (digest) DO NOTHING)
            INSERT INTO supabase_delivery.snapshots (deployment_id, kind, name, digest)
            SELECT lease.id, ?, ?, ? FROM lease
            ON CONFLICT (deployment_id, kind, name) DO UPDATE SET digest = excluded.digest, taken_at = clock_timestamp()
            """;

    private final Fence fence;
    private boolean taken;

    SnapshotStore(Fence fence, boolean taken) {
        this.fence = fence;
        this.taken = taken;
    }

    synchronized boolean taken() {
        return taken;
    }

    synchronized void save(String kind, String name, byte[] content) {
        if (taken) {
            throw new IllegalStateException("the snapshots are complete: " + kind + " " + name + " comes too late");
        }
        SnapshotContent packed = SnapshotContent.pack(content);
        if (content.length > SMALL && link(kind, name, packed.digest())) {
            return;
        }
        int written = fence.write("save a snapshot", NEW, statement -> {
            int at = Fence.LEASE_PARAMETERS + 1;
            statement.setString(at, packed.digest());
            statement.setLong(at + 1, content.length);
            statement.setBoolean(at + 2, packed.compressed());
            statement.setBytes(at + 3, packed.stored());
            bind(statement, at + 4, kind, name, packed.digest());
        });
        if (written != 1) {
            throw fence.lost();
        }
    }

    private boolean link(String kind, String name, String digest) {
        return fence.write(
                        "save a snapshot",
                        KNOWN,
                        statement -> bind(statement, Fence.LEASE_PARAMETERS + 1, kind, name, digest))
                == 1;
    }

    private static void bind(PreparedStatement statement, int at, String kind, String name, String digest)
            throws SQLException {
        statement.setString(at, kind);
        statement.setString(at + 1, name);
        statement.setString(at + 2, digest);
    }

    synchronized void complete() {
        if (!taken) {
            if (!fence.declareSnapshots()) {
                throw fence.lost();
            }
            taken = true;
        }
    }
}

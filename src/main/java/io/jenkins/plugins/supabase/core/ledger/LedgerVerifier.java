package io.jenkins.plugins.supabase.core.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what was changed in the ledger by other hands: events of the audit chain that were edited, removed, inserted,
 * put into another order or cut off at the end, and deployments and decisions that are no longer what their events say
 * of them.
 * It uses nothing of the database but tables and built-in functions, and works in constant memory.
 *
 * <p>Somebody who may write all tables of the ledger could write a whole new chain; only a head that was kept elsewhere
 * shows that.
 */
public final class LedgerVerifier {
    private final Connection connection;
    private final List<Verification.Problem> problems = new ArrayList<>();

    private LedgerVerifier(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param connection in auto-commit mode, stays the caller's
     * @param kept       a head that an earlier verification gave and that was kept outside of the database, or null
     */
    public static Verification verify(Connection connection, AuditHead kept) {
        try {
            int version = LedgerSchema.version(connection);
            LedgerSchema.PLUGIN.refuseNewer(version);
            LedgerVerifier verifier = new LedgerVerifier(connection);
            return version == 0 ? verifier.nothing(kept) : verifier.inOneSnapshot(kept, version);
        } catch (SQLException e) {
            throw LedgerFailure.of("be verified", e);
        }
    }

    private Verification nothing(AuditHead kept) {
        if (kept != null && kept.seq() > 0) {
            add(0, "the database has no ledger, but it had " + kept.seq() + " events");
        }
        return new Verification(AuditHead.NONE, 0, problems);
    }

    /** All questions see one moment, so that deployments which run meanwhile do not matter. */
    private Verification inOneSnapshot(AuditHead kept, int version) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL timezone ="
                    + " 'UTC'; SET LOCAL statement_timeout = 0");
            ChainCheck chain = new ChainCheck(this::add);
            AuditHead last = chain.run(connection, kept);
            DeploymentCheck.run(connection, this::add);
            if (version >= PromotionRows.SINCE_VERSION) {
                DecisionCheck.run(connection, this::add);
            }
            return new Verification(last, chain.events(), problems);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void add(long seq, String what) {
        if (problems.size() < Verification.MOST) {
            problems.add(new Verification.Problem(seq, what));
        }
    }

    /** Gets what is wrong. */
    @FunctionalInterface
    interface Findings {
        void add(long seq, String what);
    }
}

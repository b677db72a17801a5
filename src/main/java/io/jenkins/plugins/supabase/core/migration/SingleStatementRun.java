package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.ConcurrentIndex;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.postgres.SqlText;
import io.jenkins.plugins.supabase.core.postgres.UnfinishedMigrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt at a file whose only statement cannot run inside a transaction. Its history row follows in a transaction of
 * its own; a note in {@link UnfinishedMigrations} bridges the gap, so that a run after a kill at any point finishes.
 */
final class SingleStatementRun {
    private static final String UNDEFINED_OBJECT = "42704";

    private final Connection connection;
    private final MigrationScript script;
    private final SessionSettings settings;
    private final Progress progress;

    SingleStatementRun(Connection connection, MigrationScript script, SessionSettings settings, Progress progress) {
        this.connection = connection;
        this.script = script;
        this.settings = settings;
        this.progress = progress;
    }

    /** @return null when the statement ran, now or earlier, and its history row is committed */
    MigrationRun.Failure run(Consumer<SQLWarning> notices) throws SQLException {
        String version = script.file().version();
        SqlText.Piece statement = script.statements().get(0);
        boolean begunEarlier = UnfinishedMigrations.contains(connection, version, script.single());
        RawScript.run(connection, settings.withoutTransaction(statement.words().contains("CONCURRENTLY")));
        try {
            if (!isDone(statement, begunEarlier)) {
                UnfinishedMigrations.add(connection, version, script.single());
                SQLException failure = RawScript.run(connection, sent(statement), notices).failure();
                boolean droppedEarlier = failure != null
                        && begunEarlier
                        && statement.startsWith("DROP", "INDEX")
                        && UNDEFINED_OBJECT.equals(failure.getSQLState());
                if (failure != null && !droppedEarlier) {
                    forget(failure);
                    return failure(failure, 0, statement);
                }
            }
        } catch (SQLException e) {
            return failure(e, 0, statement);
        }
        return record(statement);
    }

    private boolean isDone(SqlText.Piece statement, boolean begunEarlier) throws SQLException {
        Optional<ConcurrentIndex> index = ConcurrentIndex.of(statement);
        if (index.isEmpty()) {
            if (begunEarlier && statement.words().contains("CONCURRENTLY")) {
                progress.line("An earlier run of this statement was interrupted; an INVALID index that it may have left on its"
                        + " table has no name here to drop it by");
            }
            return false;
        }
        return switch (index.get().state(connection)) {
            case ABSENT -> false;
            case INVALID -> {
                progress.line("Index " + index.get().name() + " is INVALID, left behind by an interrupted build: dropping it"
                        + " and building it anew");
                index.get().dropIfInvalid(connection);
                yield false;
            }
            case VALID -> {
                if (begunEarlier) {
                    progress.line("Index " + index.get().name() + " was built by an interrupted earlier run: recording it");
                }
                yield begunEarlier;
            }
        };
    }

    private MigrationRun.Failure record(SqlText.Piece statement) throws SQLException {
        String version = script.file().version();
        try {
            RawScript.run(
                    connection,
                    "BEGIN;\n" + script.historyChange() + ";\n"
                            + UnfinishedMigrations.removal(version) + ";\nCOMMIT");
            return null;
        } catch (SQLException e) {
            RawScript.run(connection, "ROLLBACK");
            return failure(e, 1, statement);
        }
    }

    /** A clean failure leaves no doubt to remember; whatever is left behind is found by the index' own state. */
    private void forget(SQLException failure) {
        try {
            if (!connection.isClosed()) {
                RawScript.run(connection, UnfinishedMigrations.removal(script.file().version()));
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Without its semicolon and alone in its message: more than one statement in a message is a transaction. */
    private String sent(SqlText.Piece statement) {
        return script.sql().substring(statement.start(), statement.end());
    }

    private static MigrationRun.Failure failure(SQLException cause, int statement, SqlText.Piece piece) {
        int position = ServerError.of(cause).position();
        return new MigrationRun.Failure(cause, statement, piece.start() + Math.max(position - 1, 0));
    }
}

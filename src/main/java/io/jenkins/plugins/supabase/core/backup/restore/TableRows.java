package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.database.Sql;
import io.jenkins.plugins.supabase.core.backup.database.Workers;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads the rows of one table. Where one connection does all of it, they are frozen as they come in, so that no index
 * that is built later, and no reader, has to look up and note down again that their transaction was committed.
 */
final class TableRows {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final String MAY_NOT = "42501";

    private final List<BackupPart> parts;
    private final RowSource source;

    private TableRows(List<BackupPart> parts, RowSource source) {
        this.parts = parts;
        this.source = source;
    }

    /** @return what several connections do, the longest first; a table that would keep one busy alone is divided */
    static List<Workers.Task> tasks(List<BackupPart> parts, RowSource source, int parallel) {
        Map<String, List<BackupPart>> tables = new LinkedHashMap<>();
        parts.forEach(part -> tables.computeIfAbsent(part.copy(), unused -> new ArrayList<>()).add(part));
        long share = size(parts) / parallel;
        List<TableRows> pieces = new ArrayList<>();
        for (List<BackupPart> table : tables.values()) {
            if (size(table) > share) {
                table.forEach(part -> pieces.add(new TableRows(List.of(part), source)));
            } else {
                pieces.add(new TableRows(table, source));
            }
        }
        pieces.sort(Comparator.comparingLong((TableRows rows) -> size(rows.parts)).reversed());
        List<Workers.Task> tasks = new ArrayList<>();
        for (TableRows piece : pieces) {
            boolean whole = tables.get(piece.parts.get(0).copy()).size() == piece.parts.size();
            tasks.add(whole ? piece::loadFrozen : piece::load);
        }
        return tasks;
    }

    private static long size(List<BackupPart> parts) {
        return parts.stream().mapToLong(BackupPart::plainSize).sum();
    }

    /** PostgreSQL freezes rows only of a table that the same transaction has emptied. */
    private void loadFrozen(Connection connection) throws SQLException, IOException, InterruptedException {
        String table = Sql.name(parts.get(0).schema()) + "." + Sql.name(parts.get(0).table());
        // What an extension put in there by itself stays.
        if (Rows.of(connection, "SELECT FROM ONLY " + table + " LIMIT 1", row -> row).isEmpty()) {
            Rows.run(connection, "BEGIN");
            boolean emptied = true;
            try {
                Rows.run(connection, "TRUNCATE ONLY " + table);
            } catch (SQLException e) {
                Rows.run(connection, "ROLLBACK");
                if (!MAY_NOT.equals(e.getSQLState())) {
                    throw e;
                }
                emptied = false;
            }
            if (emptied) {
                for (BackupPart part : parts) {
                    copy(connection, part, part.copy() + " WITH (FREEZE)", source);
                }
                Rows.run(connection, "COMMIT");
                return;
            }
        }
        load(connection);
    }

    private void load(Connection connection) throws SQLException, IOException, InterruptedException {
        for (BackupPart part : parts) {
            copy(connection, part, part.copy(), source);
        }
    }

    /** @param statement that takes the rows */
    static void copy(Connection connection, BackupPart part, String statement, RowSource source)
            throws SQLException, IOException, InterruptedException {
        try (InputStream stream = source.open(part)) {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
            try {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                    copy.writeToCopy(buffer, 0, read);
                }
                long taken = copy.endCopy();
                if (taken != part.rows()) {
                    throw new IOException("the server took " + taken + " rows of " + part.describe() + ", and "
                            + part.rows() + " were backed up");
                }
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            // Without the server's message, which quotes values of the row that it does not like.
            throw new SQLException(part.describe() + " was refused, with SQLSTATE " + e.getSQLState()
                    + "; the server's log says more", e.getSQLState());
        }
    }
}

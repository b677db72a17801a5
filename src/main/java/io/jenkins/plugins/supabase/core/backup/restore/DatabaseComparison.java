package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Connections;
import io.jenkins.plugins.supabase.core.backup.database.LargeObjects;
import io.jenkins.plugins.supabase.core.backup.database.Sequences;
import io.jenkins.plugins.supabase.core.backup.database.Sessions;
import io.jenkins.plugins.supabase.core.backup.database.Workers;
import io.jenkins.plugins.supabase.core.backup.format.Evidence;
import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import io.jenkins.plugins.supabase.core.postgres.SchemaDifference;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Compares a restored database with what the backup's snapshot held. */
final class DatabaseComparison {
    private final Evidence evidence;
    private final Connections restored;
    private final int parallel;
    private final List<String> differences = Collections.synchronizedList(new ArrayList<>());

    DatabaseComparison(Evidence evidence, Connections restored, int parallel) {
        this.evidence = evidence;
        this.restored = restored;
        this.parallel = parallel;
    }

    /** @return a phrase for each difference */
    List<String> run() throws Exception {
        List<Workers.Task> tasks = new ArrayList<>();
        tasks.add(this::compareObjects);
        tasks.add(this::compareSequences);
        tasks.add(connection -> compare("large objects", evidence.large(), LargeObjects.hash(connection)));
        for (Evidence.Table table : evidence.tables()) {
            tasks.add(connection -> compareTable(connection, table));
        }
        Workers.run(parallel, this::session, tasks);
        return List.copyOf(differences);
    }

    private Connection session() throws SQLException, InterruptedException {
        Connection connection = restored.open();
        Sessions.setUp(connection);
        return connection;
    }

    private void compareTable(Connection connection, Evidence.Table table) {
        RowHash hash = new RowHash();
        try {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyOut("COPY (" + table.select() + ") TO STDOUT");
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                hash.add(row, 0, row.length);
            }
            compare("table " + table.name(), table.hash(), hash);
        } catch (SQLException e) {
            differences.add("table " + table.name() + " cannot be read: " + e.getMessage());
        }
    }

    private void compare(String what, Evidence.Hash wanted, RowHash found) {
        if (wanted.rows() != found.rows()) {
            differences.add(what + ": " + found.rows() + " instead of " + wanted.rows());
        } else if (!wanted.hex().equals(found.hex())) {
            differences.add(what + ": as many as there should be, but not the same");
        }
    }

    private void compareObjects(Connection connection) throws SQLException {
        SchemaState found = SchemaState.read(connection);
        for (SchemaDifference difference : SchemaState.compare(new SchemaState(evidence.objects()), found)) {
            differences.add(difference.inWords());
        }
        Sessions.setUp(connection);
    }

    private void compareSequences(Connection connection) {
        for (Map.Entry<String, String> wanted : evidence.sequences().entrySet()) {
            try {
                SortedMap<String, String> found = Sequences.read(connection, List.of(wanted.getKey()));
                if (!wanted.getValue().equals(found.get(wanted.getKey()))) {
                    differences.add("sequence " + wanted.getKey() + ": " + found.get(wanted.getKey()) + " instead of "
                            + wanted.getValue());
                }
            } catch (SQLException e) {
                differences.add("sequence " + wanted.getKey() + " cannot be read: " + e.getMessage());
            }
        }
    }
}

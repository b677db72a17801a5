package io.jenkins.plugins.supabase.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.testing.PgDump;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema's state differs exactly when a schema dump does. */
class SchemaStateBesidePgDumpIT {
    private final List<String> wrong = new ArrayList<>();

    @Test
    void seesWhatPgDumpSees() throws Exception {
        assumeThat(PgDump.isAvailable()).as("pg_dump is installed").isTrue();
        TestDatabase database = TestDatabase.create();
        database.execute(SchemaChanges.manyObjects());
        try (Connection connection = database.connect()) {
            SchemaState state = SchemaState.read(connection);
            String dump = PgDump.schema(database);
            for (List<String> changes : List.of(SchemaChanges.nonChanges(), SchemaChanges.changes())) {
                for (String change : changes) {
                    RawScript.run(connection, change);
                    SchemaState newState = SchemaState.read(connection);
                    String newDump = PgDump.schema(database);
                    judge(change, SchemaState.compare(state, newState), !dump.equals(newDump));
                    state = newState;
                    dump = newDump;
                }
            }
        } finally {
            database.execute(SchemaChanges.CLEAN_UP);
        }
        assertThat(wrong).isEmpty();
    }

    private void judge(String change, List<SchemaDifference> differences, boolean dumpDiffers) {
        if (differences.isEmpty() == dumpDiffers) {
            wrong.add(change + ": pg_dump sees " + (dumpDiffers ? "a difference" : "none") + ", SchemaState "
                    + differences);
        }
    }
}

package io.jenkins.plugins.supabase.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.testing.PgDump;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema's state differs exactly when the schema does, and when a schema dump does, where pg_dump is installed. */
class SchemaStateBesidePgDumpIT {
    private final List<String> wrong = new ArrayList<>();

    @Test
    void seesEveryChangeAndNothingElseAsPgDumpDoes() throws Exception {
        boolean dumping = PgDump.isAvailable();
        TestDatabase database = TestDatabase.create();
        database.execute(SchemaChanges.manyObjects());
        try (Connection connection = database.connect()) {
            SchemaState state = SchemaState.read(connection);
            String dump = dumping ? PgDump.schema(database) : "";
            for (boolean changing : List.of(false, true)) {
                for (String change : changing ? SchemaChanges.changes() : SchemaChanges.nonChanges()) {
                    RawScript.run(connection, change);
                    SchemaState newState = SchemaState.read(connection);
                    judge(change, changing, "SchemaState", !SchemaState.compare(state, newState).isEmpty());
                    state = newState;
                    if (dumping) {
                        String newDump = PgDump.schema(database);
                        judge(change, changing, "pg_dump", !dump.equals(newDump));
                        dump = newDump;
                    }
                }
            }
        } finally {
            database.execute(SchemaChanges.CLEAN_UP);
        }
        assertThat(wrong).isEmpty();
    }

    private void judge(String change, boolean changing, String who, boolean seen) {
        if (seen != changing) {
            wrong.add(change + ": " + who + " sees " + (seen ? "a difference" : "none"));
        }
    }
}

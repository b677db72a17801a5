package io.jenkins.plugins.supabase.core.backup.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "TRUNCATE votes",
        "ALTER TABLE votes ALTER id TYPE bigint",
        "VACUUM FULL votes",
        "CLUSTER votes USING votes_pkey",
        "DROP TABLE votes"
    })
    void noticesATableThatIsNoLongerWhatItSaw(String change) throws Exception {
        TestDatabase database = database();
        try (Snapshot snapshot = Snapshot.take(database::connect)) {
            SourceCatalog catalog = SourceCatalog.read(snapshot.holder());
            database.execute(change);

            assertThatThrownBy(() -> snapshot.lock(catalog.tables()))
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("42P01");
        }
    }

    @Test
    void rowsThatChangeMeanwhileAreNoReason() throws Exception {
        TestDatabase database = database();
        try (Snapshot snapshot = Snapshot.take(database::connect)) {
            SourceCatalog catalog = SourceCatalog.read(snapshot.holder());
            database.execute("DELETE FROM votes; CREATE TABLE others (); CREATE INDEX ON votes (choice)");

            snapshot.lock(catalog.tables());

            assertThat(Rows.texts(snapshot.holder(), "SELECT count(*) FROM public.votes")).containsExactly("2");
        }
    }

    private static TestDatabase database() throws SQLException {
        TestDatabase database = TestDatabase.create();
        database.execute(
                "CREATE TABLE votes (id int PRIMARY KEY, choice text); INSERT INTO votes VALUES (1, 'tea'), (2,"
                        + " 'coffee')");
        return database;
    }
}

package io.jenkins.plugins.supabase.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaStateTest {
    @Test
    void tellsDifferencesInWords() throws Exception {
        TestDatabase database = TestDatabase.create();
        database.execute(
                """
                CREATE TABLE votes (id integer PRIMARY KEY, title text);
                CREATE TABLE old (id integer);
                CREATE VIEW titles AS SELECT title FROM votes;
                """);
        try (Connection connection = database.connect()) {
            SchemaState before = SchemaState.read(connection);
            RawScript.run(
                    connection,
                    """
                    ALTER TABLE votes ADD COLUMN "how many" integer, ALTER COLUMN id TYPE bigint;
                    COMMENT ON COLUMN votes."how many" IS 'comes with its column';
                    COMMENT ON COLUMN votes.title IS 'stands alone';
                    DROP TABLE old;
                    GRANT SELECT ON titles TO PUBLIC;
                    CREATE FUNCTION f(a integer, "B" public.votes) RETURNS void LANGUAGE sql AS '';
                    """);
            SchemaState after = SchemaState.read(connection);
            assertThat(SchemaState.compare(before, after).stream().map(SchemaDifference::inWords))
                    .containsExactly(
                            "function public.f(integer, public.votes) was added",
                            "table public.old was removed",
                            "column \"how many\" of table public.votes was added",
                            "column id of table public.votes was changed",
                            "comment of column title of table public.votes was added",
                            "privileges of view public.titles were added");
            assertThat(SchemaState.compare(after, after)).isEmpty();
        }
    }

    @Test
    void tellsTheOrderOfColumns() throws Exception {
        assertThat(difference("CREATE TABLE t (a integer, b integer)", "CREATE TABLE t (b integer, a integer)"))
                .containsExactly("order of columns of table public.t was changed");
    }

    @Test
    void ofThePlatformsTablesCountsWhatWasAttachedToThem() throws Exception {
        String platform =
                """
                CREATE SCHEMA auth; CREATE TABLE auth.users (id integer); CREATE SCHEMA storage;
                CREATE TABLE storage.objects (id integer);
                CREATE FUNCTION storage.own() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE FUNCTION public.new_user() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE SCHEMA supabase_migrations; CREATE SCHEMA supabase_delivery;
                """;
        String touched = platform
                + """
                ALTER TABLE auth.users ADD COLUMN mail text; CREATE TABLE auth.sessions (id integer);
                CREATE TRIGGER own BEFORE INSERT ON storage.objects FOR EACH ROW EXECUTE FUNCTION storage.own();
                CREATE TRIGGER ours AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.new_user();
                CREATE POLICY readable ON storage.objects FOR SELECT USING (true);
                CREATE TABLE supabase_migrations.schema_migrations (version text);
                CREATE TABLE supabase_delivery.releases (id integer); CREATE SCHEMA _timescaledb_internal;
                """;
        assertThat(difference(platform, touched))
                .containsExactly(
                        "trigger ours of table auth.users was added",
                        "policy readable of table storage.objects was added");
    }

    @Test
    void leavesTheSessionAsItWas() throws Exception {
        TestDatabase database = TestDatabase.create();
        try (Connection connection = database.connect()) {
            RawScript.run(connection, "SET search_path = pg_catalog; SET lock_timeout = '7s'");
            SchemaState.read(connection);
            assertThat(Stream.of(setting(connection, "search_path"), setting(connection, "lock_timeout")))
                    .containsExactly("pg_catalog", "7s");
            RawScript.run(connection, "CREATE TABLE public.still_writable (id integer)");
        }
    }

    @Test
    void doesNotWaitForEverBehindALock() throws Exception {
        TestDatabase database = TestDatabase.create();
        database.execute("CREATE TABLE t (id integer); CREATE VIEW v AS SELECT * FROM t");
        try (Connection holder = database.connect();
                Connection connection = database.connect()) {
            RawScript.run(holder, "BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
            assertThatThrownBy(() -> SchemaState.read(connection))
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("55P03");
            RawScript.run(holder, "ROLLBACK");
            assertThat(SchemaState.read(connection).objects()).containsKey("view public.v");
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<String> difference(String before, String after) throws SQLException {
        TestDatabase one = TestDatabase.create();
        one.execute(before);
        TestDatabase two = TestDatabase.create();
        two.execute(after);
        try (Connection first = one.connect();
                Connection second = two.connect()) {
            return SchemaState.compare(SchemaState.read(first), SchemaState.read(second)).stream()
                    .map(SchemaDifference::inWords)
                    .toList();
        }
    }
}

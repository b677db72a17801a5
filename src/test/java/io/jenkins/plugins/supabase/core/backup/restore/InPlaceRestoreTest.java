package io.jenkins.plugins.supabase.core.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.mask.Masks;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups in the place of a database: by renaming, and into the tables that are there. */
class InPlaceRestoreTest {
    private static final String ROWS = "SELECT id || ' ' || name FROM people ORDER BY id";
    private static final SafetyBackup NONE = () -> {
        throw new AssertionError("no backup was to be made");
    };

    @TempDir
    private Path folder;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private BackupFixture fixture;
    private TestDatabase database;

    @BeforeEach
    void backUpAndDamage() throws Exception {
        fixture = new BackupFixture(folder);
        database = TestDatabase.create();
        database.execute("DO $$BEGIN CREATE ROLE hosted LOGIN PASSWORD 'hosted' BYPASSRLS;"
                + " EXCEPTION WHEN duplicate_object THEN NULL; END$$");
        database.execute("""
                CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text);
                INSERT INTO supabase_migrations.schema_migrations VALUES ('1');
                CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL);
                CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    person int REFERENCES people, "UPPER" text GENERATED ALWAYS AS ('x') STORED);
                CREATE TABLE log (id int PRIMARY KEY, of int REFERENCES log DEFERRABLE INITIALLY DEFERRED);
                CREATE TABLE visits (at date, who int REFERENCES people) PARTITION BY RANGE (at);
                CREATE TABLE visits_1 PARTITION OF visits DEFAULT;
                CREATE TABLE seen (n int); CREATE TABLE empty_ (a int);
                CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.seen VALUES (1);'
                    ' RETURN NEW; END';
                CREATE TRIGGER see BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION see();
                CREATE TRIGGER always BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION see();
                ALTER TABLE people ENABLE ALWAYS TRIGGER always;
                CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM people;
                INSERT INTO people (name) VALUES ('eve'), ('bob'); INSERT INTO orders (person) VALUES (1), (2);
                INSERT INTO log VALUES (1, 2), (2, 1); INSERT INTO visits VALUES ('2026-01-01', 1);
                REFRESH MATERIALIZED VIEW counted; SELECT lo_from_bytea(77, 'then');
                ALTER LARGE OBJECT 77 OWNER TO hosted; DELETE FROM seen;
                """);
        fixture.backUp(database);
        damage();
    }

    private void damage() throws SQLException {
        database.execute("DELETE FROM orders WHERE id = 1; UPDATE people SET name = 'mallory' WHERE id = 1;"
                + "INSERT INTO people (name) VALUES ('new'); INSERT INTO orders (person) VALUES (3);"
                + "INSERT INTO empty_ VALUES (1); INSERT INTO supabase_migrations.schema_migrations VALUES ('2');"
                + "DELETE FROM visits; SELECT lo_put(77, 0, 'now!'); REFRESH MATERIALIZED VIEW counted;"
                + "DELETE FROM seen");
    }

    private InPlaceRestorer.Result restore(RestoreChoice choice, Access access, SafetyBackup safety)
            throws InterruptedException {
        return new InPlaceRestorer(fixture.store, 2, lines::add).run(
                fixture.latest(), fixture.identity, choice, BackupFixture.environment(database.url()), access, safety);
    }

    private static RestoreChoice tables(String... tables) {
        return new RestoreChoice(List.of(tables), Masks.NONE);
    }

    private void requireRestored() throws SQLException {
        assertThat(database.query(ROWS)).containsExactly("1 eve", "2 bob");
        assertThat(database.query("SELECT id || ' ' || person || \"UPPER\" FROM orders ORDER BY id"))
                .containsExactly("1 1x", "2 2x");
        assertThat(database.query("SELECT id FROM log UNION ALL SELECT who FROM visits")).hasSize(3);
        assertThat(database.query("SELECT a FROM empty_ UNION ALL SELECT n FROM seen")).isEmpty();
        assertThat(database.query("SELECT n FROM counted")).containsExactly("2");
        assertThat(database.query("SELECT convert_from(lo_get(77), 'UTF8')")).containsExactly("then");
        assertThat(database.query("SELECT nextval('people_id_seq') || ' ' || nextval('orders_id_seq')"))
                .containsExactly("3 3");
        assertThat(database.query("SELECT tgenabled FROM pg_trigger WHERE tgname IN ('see', 'always') ORDER BY 1"))
                .containsExactly("A", "O");
    }

    @Test
    void theNewDatabaseTakesTheNameOfTheOldOneWhichIsKept() throws Exception {
        database.execute("DO $$BEGIN CREATE ROLE swap_owner NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END$$;"
                + "ALTER DATABASE %1$s OWNER TO swap_owner; ALTER DATABASE %1$s CONNECTION LIMIT 77;"
                        .formatted(database.name())
                + "REVOKE CONNECT ON DATABASE %1$s FROM PUBLIC; GRANT CONNECT ON DATABASE %1$s TO pg_monitor"
                        .formatted(database.name()));
        String about = "SELECT datdba::regrole || datconnlimit::text || (SELECT string_agg(a::text, ' '"
                + " ORDER BY a::text) FROM unnest(datacl) a)"
                + " FROM pg_database WHERE datname = '" + database.name() + "'";
        List<String> before = database.query(about);
        AtomicBoolean ended = new AtomicBoolean();
        Thread application = new Thread(() -> {
            while (!ended.get()) {
                try (Connection connection = database.connect()) {
                    connection.createStatement().execute("SELECT pg_sleep(0.01) FROM people");
                } catch (SQLException e) {
                    Thread.onSpinWait();
                }
            }
        });
        application.start();

        InPlaceRestorer.Result result = restore(RestoreChoice.EVERYTHING, BackupFixture.ACCESS, NONE);
        ended.set(true);
        application.join();

        requireRestored();
        assertThat(database.query(about)).isEqualTo(before);
        assertThat(result.before()).matches("the database " + database.name() + "_before_\\d{8}t\\d{6}");
        String kept = result.before().replaceFirst("the database ", "");
        assertThat(database.query("SELECT datname FROM pg_database WHERE datname LIKE '" + database.name() + "\\_%'"))
                .containsExactly(kept);
        TestDatabase other = TestDatabase.create();
        other.execute("DROP DATABASE " + kept + " WITH (FORCE)");
        assertThat(lines).anyMatch(line -> line.contains("is kept as " + kept));
    }

    @Test
    void aSwapThatIsRefusedLeavesTheOldDatabaseAndTheRestoredOne() throws Exception {
        DatabaseSwap swap = new DatabaseSwap(
                new ServerDatabase(BackupFixture.environment(database.url()), BackupFixture.ACCESS), Instant.EPOCH,
                lines::add);
        // The second renaming fails, and takes the first one back.
        assertThatThrownBy(swap::run).isInstanceOf(DeliveryException.class).hasMessageContaining("does not exist");
        assertThat(database.query(ROWS)).contains("1 mallory");
        database.execute("CREATE DATABASE " + swap.beside());
        database.execute("CREATE DATABASE " + swap.before());
        try {
            assertThatThrownBy(swap::run)
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContainingAll("was restored into the database " + swap.beside(), "already exists",
                            database.name() + " is as it was");
            assertThat(database.query(ROWS)).contains("1 mallory");
            assertThat(database.query("SELECT 1 FROM pg_database WHERE datname = '" + swap.beside() + "'")).hasSize(1);
        } finally {
            database.execute("DROP DATABASE " + swap.beside());
            database.execute("DROP DATABASE " + swap.before());
        }
    }

    @Test
    void namesFitHoweverLongTheOldOneIs() {
        DatabaseSwap swap = new DatabaseSwap(
                new ServerDatabase(BackupFixture.environment("postgresql://h:5432/" + "%C3%A9".repeat(31)),
                        BackupFixture.ACCESS), Instant.EPOCH, lines::add);

        assertThat(swap.beside()).matches("é+_restoring_19700101t000000");
        assertThat(swap.beside().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
    }

    private Access hosted() throws SQLException {
        database.execute("GRANT SET ON PARAMETER session_replication_role TO hosted;"
                + "GRANT CREATE, USAGE ON SCHEMA public TO hosted; GRANT USAGE ON SCHEMA supabase_migrations TO hosted;"
                + "ALTER TABLE people OWNER TO hosted; ALTER TABLE orders OWNER TO hosted;"
                + "ALTER TABLE log OWNER TO hosted; ALTER TABLE visits OWNER TO hosted;"
                + "ALTER TABLE visits_1 OWNER TO hosted; ALTER TABLE empty_ OWNER TO hosted;"
                + "ALTER TABLE seen OWNER TO hosted; ALTER MATERIALIZED VIEW counted OWNER TO hosted");
        return new Access(null, "hosted", new SecretText("hosted"), null);
    }

    @Test
    void withoutTheRightToRenameTheTablesThatAreThereAreLoaded() throws Exception {
        Access hosted = hosted();
        List<String> during = new ArrayList<>();

        InPlaceRestorer.Result result = restore(RestoreChoice.EVERYTHING, hosted, () -> {
            try {
                assertThatThrownBy(() -> database.execute("SET lock_timeout = '50ms'; DELETE FROM people"))
                        .hasMessageContaining("lock timeout");
                during.addAll(database.query(ROWS));
                return fixture.backUp(database).manifest().id();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        requireRestored();
        assertThat(during).containsExactly("1 mallory", "2 bob", "3 new");
        assertThat(result.before()).startsWith("the backup 000002-");
        assertThat(lines).anyMatch(line -> line.contains("the user hosted does not own the database"));
        assertThat(database.query("SELECT version FROM supabase_migrations.schema_migrations")).hasSize(2);
        // What was there is in the backup that was made just before.
        fixture.restore(BackupFixture.urlOfNew(database, "before_restore"), fixture.identity);
        TestDatabase.create().execute("DROP DATABASE before_restore");
    }

    @Test
    void whateverFailsLeavesEverythingAsItWas() throws Exception {
        database.execute("ALTER TABLE people ADD CONSTRAINT no_bob CHECK (name <> 'bob') NOT VALID");
        List<String> before = database.query(state());

        assertThatThrownBy(() -> restore(tables("public.people", "public.orders", "public.visits"),
                        BackupFixture.ACCESS, () -> "x"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("a part of table public.people was refused, with SQLSTATE 23514",
                        "is as it was, as all of it was one transaction");
        assertThat(database.query(state())).isEqualTo(before);
        assertThatThrownBy(() -> restore(RestoreChoice.EVERYTHING, hosted(), () -> {
            throw new DeliveryException("no room for the backup");
        })).hasMessageContaining("no room for the backup");
        assertThat(database.query(state())).isEqualTo(before);
    }

    private static String state() {
        return "SELECT string_agg(p::text, ',' ORDER BY p) FROM people p UNION ALL SELECT last_value || is_called::text"
                + " FROM people_id_seq UNION ALL SELECT string_agg(tgenabled, '' ORDER BY tgname) FROM pg_trigger"
                + " WHERE NOT tgisinternal";
    }

    @Test
    void sequencesGoBackWithTheRest() throws Exception {
        database.execute("ALTER TABLE orders ADD CONSTRAINT fresh CHECK (person > 2) NOT VALID");
        List<String> before = database.query(state());

        // People come first, with their sequence; the foreign key of orders does not hold at the end.
        assertThatThrownBy(() -> restore(tables("public.people"), BackupFixture.ACCESS, () -> "x"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("foreign key orders_person_fkey of table public.orders would not hold",
                        "as it was");
        assertThat(database.query(state())).isEqualTo(before);
    }

    @Test
    void someTablesAreReplacedAndOthersStay() throws Exception {
        restore(tables("public.orders", "public.people", "public.visits"), BackupFixture.ACCESS, () -> "x");

        assertThat(database.query(ROWS)).containsExactly("1 eve", "2 bob");
        assertThat(database.query("SELECT a FROM empty_")).containsExactly("1");
        assertThat(database.query("SELECT convert_from(lo_get(77), 'UTF8')")).containsExactly("now!");
    }

    @Test
    void tablesInAChainOfReferencesAreReplacedWhereTheEndOfItStays() throws Exception {
        database.execute("DROP TABLE orders CASCADE; DROP TABLE visits;"
                + " CREATE TABLE orders (id int PRIMARY KEY, person int REFERENCES people);"
                + " CREATE TABLE parcels (of int REFERENCES orders);"
                + " INSERT INTO orders VALUES (1, 1); INSERT INTO parcels VALUES (1)");
        fixture.backUp(database);
        database.execute("UPDATE orders SET person = 2; UPDATE people SET name = 'nobody'");

        restore(tables("public.orders", "public.people"), BackupFixture.ACCESS, () -> "x");

        assertThat(database.query("SELECT person || ' ' || name FROM people JOIN orders ON person = people.id"
                        + " JOIN parcels ON of = orders.id"))
                .containsExactly("1 mallory");
    }

    @Test
    void aFailureAfterTheBackupOfTheOldStateNamesTheBackupToTakeThen() throws Exception {
        String id = fixture.latest().manifest().id();

        assertThatThrownBy(() -> restore(tables("public.people"), BackupFixture.ACCESS, () -> "the-safety-backup"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("the-safety-backup")
                .hasMessageContaining("id: '" + id + "'");
    }

    @Test
    void rowsAreMaskedInPlaceToo() throws Exception {
        restore(new RestoreChoice(List.of("public.people", "public.orders", "public.visits"),
                Masks.of(Map.of("public.people.name", "text:somebody"))), BackupFixture.ACCESS, () -> "x");

        assertThat(database.query(ROWS)).containsExactly("1 somebody", "2 somebody");
    }

    @Test
    void aDatabaseThatDoesNotFitIsRefused() throws Exception {
        database.execute("ALTER TABLE people RENAME name TO called; DROP TABLE seen CASCADE");

        assertThatThrownBy(() -> restore(RestoreChoice.EVERYTHING, hostedWithout("seen"), NONE))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("table public.people has no column name", "there is no table public.seen",
                        "Nothing was changed");
    }

    private Access hostedWithout(String table) throws SQLException {
        database.execute("CREATE TABLE " + table + " ()");
        Access access = hosted();
        database.execute("DROP TABLE " + table);
        return access;
    }

    @Test
    void anInterruptTakesEverythingBack() throws Exception {
        List<String> before = database.query(state());

        assertThatThrownBy(() -> restore(tables("public.people", "public.orders", "public.visits"),
                        BackupFixture.ACCESS, () -> {
                            Thread.sleep(10);
                            throw new InterruptedException("stopped");
                        }))
                .isInstanceOf(InterruptedException.class);

        assertThat(database.query(state())).isEqualTo(before);
    }
}

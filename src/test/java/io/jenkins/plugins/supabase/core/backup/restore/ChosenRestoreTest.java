package io.jenkins.plugins.supabase.core.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.mask.Masks;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some tables of a backup, and columns that are masked. */
class ChosenRestoreTest {
    private static final String EXISTS = "SELECT 1 FROM pg_database WHERE datname = 'chosen'";

    @TempDir
    private Path folder;

    private BackupFixture fixture;
    private TestDatabase source;
    private String url;

    @BeforeEach
    void backUp() throws Exception {
        fixture = new BackupFixture(folder);
        source = TestDatabase.create();
        source.execute("""
                CREATE SCHEMA auth; CREATE EXTENSION citext SCHEMA public;
                CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');
                CREATE TABLE auth.users (id uuid PRIMARY KEY, email text UNIQUE NOT NULL, token text NOT NULL,
                    at timestamptz DEFAULT '2026-01-01');
                CREATE UNIQUE INDEX ON auth.users (token) WHERE token <> '';
                CREATE TABLE people (id serial PRIMARY KEY, "user" uuid REFERENCES auth.users, email mail, phone text,
                    alias citext, born date, code varchar(8), shout text GENERATED ALWAYS AS (upper(phone)) STORED);
                CREATE TABLE orders (id int PRIMARY KEY, person int REFERENCES people, mail text
                    REFERENCES auth.users (email));
                CREATE TABLE visits (at date, who text) PARTITION BY RANGE (at);
                CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                CREATE TABLE visits_2 PARTITION OF visits DEFAULT;
                CREATE TABLE nobody (note text);
                CREATE VIEW of_orders AS SELECT orders.id, phone FROM orders JOIN people ON people.id = person;
                CREATE VIEW only_orders AS SELECT id FROM orders;
                CREATE MATERIALIZED VIEW phones AS SELECT phone FROM people;
                INSERT INTO auth.users VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'eve@secret.example', ''),
                    ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', 'bob@secret.example', ''),
                    ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a13', 'N', 'tok');
                INSERT INTO people ("user", email, phone, alias, born, code) VALUES
                    ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'eve@secret.example', E'+49\\t123', 'Eve', '2000-01-01', 'c'),
                    ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', NULL, NULL, 'eve', NULL, NULL);
                INSERT INTO orders VALUES (7, 1, 'eve@secret.example'), (8, 2, NULL);
                INSERT INTO visits VALUES ('2026-05-05', 'secret eve'), ('2020-01-01', 'secret bob');
                """);
        fixture.backUp(source);
        url = BackupFixture.urlOfNew(source, "chosen");
    }

    @AfterEach
    void drop() throws SQLException {
        TestDatabase.create().execute("DROP DATABASE IF EXISTS chosen");
    }

    private void restore(List<String> tables, Map<String, String> masks) throws InterruptedException {
        fixture.restore(url, fixture.identity, new RestoreChoice(tables, Masks.of(masks)));
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url, LocalPostgres.USER,
                        LocalPostgres.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    @Test
    void theChosenTablesAndWhatStandsOnThemAlone() throws Exception {
        restore(List.of("public.orders", "public.visits"), Map.of());

        assertThat(query("SELECT id FROM orders ORDER BY id")).containsExactly("7", "8");
        assertThat(query("SELECT who FROM visits ORDER BY who")).containsExactly("secret bob", "secret eve");
        assertThat(query("SELECT c.oid::regclass FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm')"
                + " AND relnamespace IN ('public'::regnamespace, 'auth'::regnamespace) ORDER BY 1::text"))
                .containsExactlyInAnyOrder("orders", "visits", "visits_1", "visits_2", "only_orders");
        assertThat(query("SELECT conname FROM pg_constraint WHERE conrelid = 'orders'::regclass"))
                .containsExactly("orders_pkey");
    }

    @Test
    void onePartitionBringsItsParentAndNotItsSisters() throws Exception {
        restore(List.of("public.visits_1"), Map.of());

        assertThat(query("SELECT who FROM visits")).containsExactly("secret eve");
        assertThat(query("SELECT 1 FROM pg_class WHERE relname = 'visits_2'")).isEmpty();
    }

    @Test
    void aTableThatIsNotThereIsNamedBeforeAnythingIsMade() throws Exception {
        assertThatThrownBy(() -> restore(List.of("public.order"), Map.of()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no table 'public.order' in the backup; did you mean 'public.orders'?");
        assertThatThrownBy(() -> restore(List.of("public.nobdy"), Map.of()))
                .hasMessageContaining("did you mean 'public.nobody'?");
        assertThat(source.query(EXISTS)).isEmpty();
        restore(List.of("public.nobody"), Map.of());
        assertThat(query("SELECT note FROM nobody")).isEmpty();
    }

    @Test
    void maskedValuesKeepJoinsAndShapesAndAreNowhereInPlain() throws Exception {
        restore(List.of(), Map.of(
                "auth.users.email", "hash", "auth.users.token", "hash", "public.people.email", "hash",
                "public.orders.mail", "hash", "public.people.phone", "text:+00", "public.people.born", "null",
                "public.people.alias", "hash", "public.visits.who", "text:somebody"));

        assertThat(fixture.log).anyMatch(line -> line.endsWith("loading 9 rows, with 8 columns masked"));
        assertThat(query("SELECT u.email FROM people p JOIN auth.users u USING (email) JOIN orders o ON o.mail = u.email"))
                .singleElement().asString().matches("[0-9a-f]{24}@masked\\.invalid");
        assertThat(query("SELECT count(DISTINCT email) FROM auth.users")).containsExactly("3");
        assertThat(query("SELECT count(*) FROM auth.users WHERE token = ''")).containsExactly("2");
        assertThat(query("SELECT phone || shout FROM people ORDER BY id")).containsExactly("+00+00", null);
        assertThat(query("SELECT phone FROM phones ORDER BY 1")).containsExactly("+00", null);
        assertThat(query("SELECT count(born) FROM people")).containsExactly("0");
        assertThat(query("SELECT count(DISTINCT alias) FROM people")).containsExactly("1");
        assertThat(query("SELECT DISTINCT who FROM visits")).containsExactly("somebody");
        assertThat(query("SELECT 1 FROM auth.users t WHERE t::text ~ 'secret' UNION ALL SELECT 1 FROM people t WHERE"
                + " t::text ~ 'secret|[+]49' UNION ALL SELECT 1 FROM orders t WHERE t::text ~ 'secret'")).isEmpty();
        assertThat(query("SELECT id FROM orders ORDER BY id")).containsExactly("7", "8");
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsLeft() throws Exception {
        assertThatThrownBy(() -> restore(List.of(), Map.of(
                        "auth.users.email", "null", "public.people.born", "hash", "public.people.code", "hash",
                        "public.people.phne", "hash", "public.people.shout", "null", "public.people.id", "text:x",
                        "public.people.email", "text:nobody", "public.orders.person", "hash")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll(
                        "no row was restored", "auth.users.email: it cannot be NULL",
                        "public.people.born: a hash fits text, varchar of 39 or more, citext and uuid, and it is date",
                        "and it is character varying(8)", "no column public.people.phne; did you mean 'public.people.phone'?",
                        "public.people.shout: it is computed", "'x' is no integer", "'nobody' is no public.mail",
                        "and it is integer", "dropped again");
        assertThat(source.query(EXISTS)).isEmpty();
    }

    @Test
    void aChosenTableIsMaskedWhereRulesNameOthersToo() throws Exception {
        restore(List.of("public.people"), Map.of("public.people.phone", "null", "auth.users.email", "hash"));

        assertThat(fixture.log).anyMatch(line -> line.endsWith("loading 2 rows, with 1 column masked"));
        assertThat(query("SELECT count(phone) FROM people")).containsExactly("0");
        assertThat(query("SELECT nextval('people_id_seq')")).containsExactly("3");
    }
}

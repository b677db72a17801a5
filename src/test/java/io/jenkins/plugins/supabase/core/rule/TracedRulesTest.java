package io.jenkins.plugins.supabase.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import io.jenkins.plugins.supabase.core.trace.TableSizes;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import io.jenkins.plugins.supabase.core.trace.TracedDatabase;
import io.jenkins.plugins.supabase.testing.PgDump;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules with the trace as their witness. */
class TracedRulesTest {
    private static final RuleSettings SETTINGS = new RuleSettings(1_000, 100_000_000, Set.of("public"));

    private static TracedDatabase database;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(PgDump.isAvailable()).as("pg_dump is installed").isTrue();
        database = TracedDatabase.with(
                """
                CREATE SCHEMA app;
                CREATE TABLE app.big (id bigint PRIMARY KEY, name varchar(20), stars integer);
                INSERT INTO app.big SELECT i, 'x', i FROM generate_series(1, 5000) i;
                CREATE TABLE app.small (id bigint PRIMARY KEY, big bigint, title text);
                INSERT INTO app.small VALUES (1, 1, 'x');
                CREATE TABLE app.parts (id bigint) PARTITION BY LIST (id);
                CREATE TABLE app.part (id bigint);
                INSERT INTO app.part SELECT 1 FROM generate_series(1, 5000);
                CREATE FUNCTION app.titles() RETURNS SETOF text LANGUAGE plpgsql
                    AS 'BEGIN RETURN QUERY SELECT title FROM app.small; END';
                CREATE VIEW app.names AS SELECT name FROM app.big;
                ANALYZE;
                """);
    }

    private static List<Finding> check(String... migrations) throws Exception {
        List<MigrationFile> files = new ArrayList<>();
        for (String sql : migrations) {
            files.add(TracedDatabase.migration(files.size() + 1, sql));
        }
        TraceReport report = database.trace(files);
        return MigrationRules.check(files, report, TableSizes.UNKNOWN, SETTINGS);
    }

    private static List<String> rules(String... migrations) throws Exception {
        return check(migrations).stream().map(Finding::rule).toList();
    }

    @Test
    void aBigTableMakesItADangerAndASmallOneDoesNot() throws Exception {
        assertThat(check("CREATE INDEX i ON app.big (name);\nCREATE INDEX j ON app.small (title);"))
                .extracting(Finding::rule, Finding::severity, Finding::line)
                .containsExactly(
                        tuple("index-without-concurrently", Severity.DANGER, 1),
                        tuple("index-without-concurrently", Severity.INFO, 2));
    }

    @Test
    void theTableIsNamedWithItsSize() throws Exception {
        assertThat(check("ALTER TABLE app.big ALTER COLUMN stars TYPE bigint").get(0).message())
                .matches("Changing the type writes all rows anew, while nobody can use app.big \\(about 5,000 rows,"
                + " \\d+ kB\\)\\.");
    }

    @Test
    void theTraceKnowsWhichChangesOfATypeAreHarmless() throws Exception {
        assertThat(rules("DROP VIEW app.names; ALTER TABLE app.big ALTER COLUMN name TYPE varchar(50)"))
                .doesNotContain("column-type-change");
        assertThat(rules("ALTER TABLE app.small ALTER COLUMN title TYPE varchar(50)")).contains("column-type-change");
    }

    @Test
    void theTraceKnowsThatNothingHasToBeRead() throws Exception {
        assertThat(rules(
                        "ALTER TABLE app.small ADD CONSTRAINT there CHECK (title IS NOT NULL) NOT VALID",
                        "ALTER TABLE app.small VALIDATE CONSTRAINT there",
                        "ALTER TABLE app.small ALTER COLUMN title SET NOT NULL"))
                .isEmpty();
        assertThat(rules("ALTER TABLE app.small ALTER COLUMN title SET NOT NULL")).containsExactly("set-not-null");
    }

    @Test
    void aLockOnABigTableIsToldThoughItIsShort() throws Exception {
        assertThat(check("ALTER TABLE app.big ADD COLUMN note text"))
                .extracting(Finding::rule, Finding::severity)
                .containsExactly(tuple("lock-on-big-table", Severity.WARNING));
        assertThat(rules("ALTER TABLE app.small ADD COLUMN note text")).isEmpty();
    }

    @Test
    void aLockThatIsHeldWhileABigTableIsReadIsADanger() throws Exception {
        List<Finding> findings = check("ALTER TABLE app.small ADD COLUMN stars integer;\n"
                + "UPDATE app.small SET stars = (SELECT count(*) FROM app.big);");
        assertThat(findings)
                .extracting(Finding::rule, Finding::severity, Finding::line)
                .contains(tuple("lock-held-long", Severity.DANGER, 2));
        assertThat(rules(
                        "ALTER TABLE app.small ADD COLUMN stars integer",
                        "UPDATE app.small SET stars = (SELECT count(*) FROM app.big)"))
                .doesNotContain("lock-held-long");
    }

    @Test
    void whatNoRuleNamesIsToldAllTheSame() throws Exception {
        assertThat(rules("ALTER TABLE app.parts ATTACH PARTITION app.part FOR VALUES IN (1)"))
                .contains("scan-under-lock");
        assertThat(rules("DO $$ BEGIN ALTER TABLE app.big ALTER COLUMN stars TYPE bigint; END $$"))
                .contains("table-rewrite");
    }

    @Test
    void tablesOfTheSameReleaseMayBeLockedAtWill() throws Exception {
        assertThat(rules("CREATE TABLE app.fresh (id bigint, name text)", "CREATE INDEX i ON app.fresh (name);"
                        + " ALTER TABLE app.fresh ALTER COLUMN id SET NOT NULL; ALTER TABLE app.fresh DROP COLUMN"
                        + " name"))
                .isEmpty();
    }

    @Test
    void whoUsesWhatIsDroppedIsTold() throws Exception {
        assertThat(check("ALTER TABLE app.small DROP COLUMN title"))
                .extracting(Finding::rule, Finding::severity, finding -> finding.message()
                .replaceAll("\\d+ kB", "N kB"))
                .containsExactly(tuple("drop-column", Severity.DANGER,
                "Column title of app.small (about 1 row, N kB) is dropped,"
                        + " with its values; still used by function app.titles()."));
        assertThat(check("ALTER TABLE app.big DROP COLUMN name CASCADE"))
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("still used by view app.names"));
        assertThat(check("ALTER TABLE app.small DROP COLUMN big").get(0).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aFailureIsFoundWithItsPlace() throws Exception {
        assertThat(check("ALTER TABLE app.small ADD COLUMN ok text;\n\nALTER TABLE app.small ADD\n  COLUMN title"
                + " text;"))
                .extracting(Finding::rule, Finding::severity, Finding::line, Finding::message)
                .containsExactly(tuple("will-fail", Severity.DANGER, 3,
                "This will fail, at column 1: column \"title\" of relation"
                        + " \"small\" already exists (SQLSTATE 42701)."));
        assertThat(check("SELECT 1;\nSELECT ä.nothing,  noone FROM app.small ä"))
                .extracting(Finding::line, Finding::message)
                .containsExactly(tuple(2,
                "This will fail, at column 8: column ä.nothing does not exist (SQLSTATE 42703)."));
    }

    @Test
    void changesOfRowsDependOnRows() throws Exception {
        assertThat(rules("UPDATE app.small SET title = 'y'")).contains("depends-on-data");
        assertThat(rules("INSERT INTO app.small (id) VALUES (7); INSERT INTO app.small (id) VALUES (8)")).isEmpty();
    }

    @Test
    void aRollbackThatDoesNotRestoreIsFound() throws Exception {
        MigrationFile up = TracedDatabase.migration(1, "ALTER TABLE app.small ADD COLUMN a text, ADD COLUMN b text");
        MigrationFile down = TracedDatabase.migration(1, "ALTER TABLE app.small DROP COLUMN a");
        TraceReport report = database.trace(List.of(up), Map.of("1", down));
        assertThat(MigrationRules.check(List.of(up), report, TableSizes.UNKNOWN, SETTINGS))
                .extracting(Finding::rule, Finding::file, Finding::message)
                .containsExactly(tuple("rollback-does-not-restore", "supabase/rollbacks/1_change.sql",
                "Run after its migration, the"
                        + " file does not bring the schema back: column b of table app.small was added."));
    }
}

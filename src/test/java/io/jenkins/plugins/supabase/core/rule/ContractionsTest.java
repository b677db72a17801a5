package io.jenkins.plugins.supabase.core.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractionsTest {
    private static List<String> contractions(String... migrations) {
        List<MigrationFile> files = new ArrayList<>();
        for (String sql : migrations) {
            files.add(new MigrationFile("" + files.size(), "change", Path.of(files.size() + "_change.sql"), sql));
        }
        return MigrationRules.contractions(files, null, RuleSettings.DEFAULT).stream()
                .map(finding -> finding.line() + " " + finding.message())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE votes DROP COLUMN title",
                "DROP TABLE votes",
                "DROP FUNCTION f()",
                "DROP VIEW titles",
                "DROP POLICY own ON votes",
                "ALTER TABLE votes RENAME TO polls",
                "ALTER TABLE votes RENAME title TO name",
                "ALTER TABLE votes ALTER COLUMN stars TYPE bigint",
                "ALTER TABLE votes ALTER COLUMN title SET NOT NULL",
                "ALTER TABLE votes ADD COLUMN owner uuid NOT NULL",
                "ALTER TABLE votes ADD CONSTRAINT positive CHECK (stars > 0) NOT VALID",
                "ALTER TABLE votes ADD FOREIGN KEY (author) REFERENCES authors NOT VALID",
                "CREATE UNIQUE INDEX CONCURRENTLY once ON votes (title)",
                "ALTER TABLE votes ENABLE ROW LEVEL SECURITY",
                "ALTER FUNCTION f() RENAME TO g",
                "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
                "ALTER TYPE mood SET SCHEMA app",
                "ALTER DOMAIN shelf SET NOT NULL",
                "REVOKE SELECT ON votes FROM authenticated",
                "TRUNCATE votes",
                "CREATE POLICY less ON votes AS RESTRICTIVE USING (stars > 3)"
            })
    void whatTakesAwayIsNamed(String sql) {
        assertThat(contractions(sql)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE notes (id bigint); ALTER TABLE notes ENABLE ROW LEVEL SECURITY; ALTER TABLE notes RENAME"
                        + " TO memos",
                "ALTER TABLE votes ADD COLUMN note text",
                "ALTER TABLE votes ADD COLUMN note text NOT NULL DEFAULT ''",
                "CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                "CREATE INDEX CONCURRENTLY by_title ON votes (title)",
                "DROP INDEX CONCURRENTLY by_title",
                "ALTER INDEX by_title RENAME TO titles",
                "ALTER TYPE mood ADD VALUE 'fine'",
                "GRANT SELECT ON votes TO anon",
                "CREATE POLICY more ON votes FOR SELECT USING (stars > 3)",
                "ALTER TABLE votes ALTER COLUMN title DROP NOT NULL",
                "UPDATE votes SET stars = 1"
            })
    void whatAddsIsFine(String sql) {
        assertThat(contractions(sql)).isEmpty();
    }

    @Test
    void everyStatementIsNamedWithItsLine() {
        assertThat(contractions("CREATE TABLE a (id bigint)", "DROP TABLE a;\n\nDROP TABLE b;"))
                .containsExactly("3 Table public.b is dropped.");
    }
}

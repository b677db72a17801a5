package io.jenkins.plugins.supabase.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.TableSizes;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class WaiversTest {
    private static AbstractListAssert<?, List<? extends Tuple>, Tuple, ObjectAssert<Tuple>> assertFound(String sql) {
        MigrationFile file = new MigrationFile("1", "change", Path.of("1_change.sql"), sql);
        List<Finding> findings = MigrationRules.check(List.of(file), null, TableSizes.UNKNOWN, RuleSettings.DEFAULT);
        return assertThat(findings).extracting(Finding::rule, Finding::line, Finding::waiver);
    }

    @Test
    void aReasonBeforeTheStatementAcceptsItsFinding() {
        assertFound("""
                -- supabase-delivery: allow drop-column: nobody has read it since 2.3
                ALTER TABLE app.votes DROP COLUMN title;
                ALTER TABLE app.votes DROP COLUMN stars;
                """)
                .containsExactly(tuple("drop-column", 2, "nobody has read it since 2.3"),
                tuple("drop-column", 3, null));
    }

    @Test
    void theCommentMayStandInOrBehindTheStatement() {
        assertFound("""
                ALTER TABLE app.votes
                  -- supabase-delivery: allow drop-column: empty
                  DROP COLUMN title;
                DROP TABLE app.old; -- supabase-delivery: allow drop-table: it was never used
                """)
                .containsExactly(tuple("drop-column", 1, "empty"), tuple("drop-table", 4, "it was never used"));
    }

    @Test
    void oneCommentMayNameSeveralRules() {
        assertFound("""
                -- supabase-delivery: allow prefer-identity, prefer-bigint: as in all older tables
                CREATE TABLE private.notes (id serial);
                """)
                .containsExactly(
                        tuple("prefer-bigint", 2, "as in all older tables"),
                        tuple("prefer-identity", 2, "as in all older tables"));
    }

    @Test
    void aWholeFileMayAcceptARule() {
        assertFound("""
                -- supabase-delivery: allow-in-file drop-table: the module has been retired
                DROP TABLE app.a;
                DROP TABLE app.b;
                """)
                .containsExactly(
                        tuple("drop-table", 2, "the module has been retired"),
                        tuple("drop-table", 3, "the module has been retired"));
    }

    @Test
    void withoutAReasonNothingIsAccepted() {
        assertFound("-- supabase-delivery: allow drop-table\nDROP TABLE app.a;")
                .containsExactly(tuple("waiver-without-reason", 1, null), tuple("drop-table", 2, null));
        assertFound("-- supabase-delivery: allow drop-table:  \nDROP TABLE app.a;")
                .containsExactly(tuple("waiver-without-reason", 1, null), tuple("drop-table", 2, null));
    }

    @Test
    void whatAcceptsNothingIsAFinding() {
        assertFound("-- supabase-delivery: allow drop-table: just in case\nCREATE TABLE private.a (id bigint);")
                .containsExactly(tuple("waiver-for-nothing", 1, null));
    }

    @Test
    void aRuleThatDoesNotExistIsNamedWithTheNearestOne() {
        MigrationFile file = new MigrationFile("1", "change", Path.of("1_change.sql"),
                "-- supabase-delivery: allow drop-colum: gone\nALTER TABLE app.votes DROP COLUMN title;");
        assertThat(MigrationRules.check(List.of(file), null, TableSizes.UNKNOWN, RuleSettings.DEFAULT))
                .extracting(Finding::message)
                .first()
                .isEqualTo("There is no rule 'drop-colum' that can be accepted; did you mean 'drop-column'?.");
    }

    @Test
    void whatCannotRunCannotBeAccepted() {
        assertFound("-- supabase-delivery: allow-in-file cannot-run: please\nSELECT 1; COMMIT; SELECT 2;")
                .containsExactly(tuple("cannot-run", 0, null), tuple("waiver-for-nothing", 1, null));
    }
}

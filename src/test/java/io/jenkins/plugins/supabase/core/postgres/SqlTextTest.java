package io.jenkins.plugins.supabase.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.testing.MigrationGenerator;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    private static List<String> texts(String sql) {
        return SqlText.scan(sql).statements().stream()
                .map(piece -> sql.substring(piece.start(), piece.end()).strip())
                .toList();
    }

    @Test
    void shouldFindAsManyStatementsAsTheServer() throws Exception {
        try (Connection connection = TestDatabase.create().connect()) {
            for (int file = 0; file < 300; file++) {
                String sql = new MigrationGenerator(7, file).file().replace("\uFEFF", "");
                List<String> statements = texts(sql);
                if (!statements.isEmpty()) {
                    RawScript.Result result = RawScript.run(connection, sql, notice -> {});
                    assertThat((Throwable) result.failure()).as(sql).isNull();
                    assertThat(statements).as(sql).hasSize(result.completed());
                }
            }
        }
    }

    @Test
    void shouldCutWhereTheCliCutsWrongly() {
        assertThat(texts("create rule r as on insert to a do also (insert into b values (1); delete from c); select $$$;$$"))
                .containsExactly(
                        "create rule r as on insert to a do also (insert into b values (1); delete from c)",
                        "select $$$;$$");
    }

    @Test
    void shouldSeeTheEndOfABodyOnlyWhereAStatementBegins() {
        assertThat(texts("create function f() returns int begin atomic select 1 as end; select case when true then 1 end; end; x"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 'a              | quoted string       | 7",
                "select 1; select e'\\' | quoted string       | 18",
                "select \"a''b          | quoted identifier   | 7",
                "do $x$ begin end $$    | dollar-quoted string $x$ | 3",
                "select 1 /* /* */      | comment             | 9"
            })
    void shouldSayWhatIsNeverClosed(String sql, String what, int start) {
        assertThat(SqlText.scan(sql).unterminated()).isEqualTo(new SqlText.Unterminated(what, start));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index concurrently i on t (a)",
                "-- why\ncreate /* it */ unique index concurrently if not exists i on t (a)",
                "DROP INDEX CONCURRENTLY i",
                "reindex (verbose, concurrently) table t",
                "reindex table concurrently t",
                "vacuum full t",
                "alter system set work_mem = '1MB'",
                "cluster",
                "alter table a.b detach partition c concurrently",
                "create database d"
            })
    void shouldKnowWhatCannotRunInATransaction(String sql) {
        assertThat(StatementKind.of(SqlText.scan(sql).statements().get(0))).isEqualTo(StatementKind.OUTSIDE_TRANSACTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on concurrently (a)",
                "refresh materialized view concurrently m",
                "cluster t using i",
                "select 'vacuum'",
                "rollback to savepoint a",
                "rollback work to a",
                "savepoint a",
                "prepare p as select 1",
                "copy t to '/tmp/x'",
                "create table stdin (a int)"
            })
    void shouldLetOrdinaryStatementsBe(String sql) {
        assertThat(StatementKind.of(SqlText.scan(sql).statements().get(0))).isEqualTo(StatementKind.ORDINARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin", "BEGIN ISOLATION LEVEL SERIALIZABLE", "start transaction", "commit", "end", "abort", "rollback",
                "rollback and chain", "prepare transaction 'x'", "commit prepared 'x'"
            })
    void shouldKnowTransactionControl(String sql) {
        assertThat(StatementKind.of(SqlText.scan(sql).statements().get(0))).isEqualTo(StatementKind.TRANSACTION_CONTROL);
    }
}

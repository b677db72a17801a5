package io.jenkins.plugins.supabase.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected arrays under {@code splitter/} are what the Supabase CLI 3.1.0 recorded for these files. */
class StatementSplitterTest {
    private static List<String> split(String sql) {
        return StatementSplitter.split(sql).stream().map(SqlStatement::text).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-comments",
                "02-strings",
                "03-dollar-quotes",
                "04-begin-atomic",
                "05-identifiers",
                "06-rules",
                "07-crlf",
                "08-bom",
                "09-carriage-returns",
                "10-operators",
                "11-transaction",
                "12-empty",
                "13-only-comments",
                "14-functions"
            })
    void shouldSplitAsTheSupabaseCliDoes(String name) throws IOException {
        String[] expected = new ObjectMapper().readValue(resource(name + ".json"), String[].class);

        assertThat(split(resource(name + ".sql"))).isEqualTo(Arrays.asList(expected));
    }

    @Test
    void shouldTellWhereEachStatementBegins() {
        assertThat(StatementSplitter.split("select 1;\n\n  -- two\nselect 2;;\nselect 3"))
                .extracting(SqlStatement::text, SqlStatement::offset, SqlStatement::line)
                .containsExactly(
                        tuple("select 1", 0, 1), tuple("-- two\nselect 2", 13, 3), tuple("select 3", 31, 5));
    }

    @Test
    void shouldKeepTheWrongCutOfTheCliInNestedParentheses() {
        // The CLI 3.1.0 lets the first closing parenthesis end all of them, and then fails to push the halves.
        assertThat(split("create rule r as on insert to a do also (insert into b values (1); delete from c)"))
                .containsExactly("create rule r as on insert to a do also (insert into b values (1)", "delete from c)");
    }

    @Test
    void shouldTrimWhatEcmaScriptTrims() {
        assertThat(split("\uFEFF\u00A0\u2003select 1\u3000;\u2028")).containsExactly("select 1");
        assertThat(split("\u0085select 1")).containsExactly("\u0085select 1");
    }

    @Test
    void shouldSplitLongFilesInLinearTime() {
        String row = "insert into t values ('x;', $$y;$$, (1)); /* ; */\n";

        assertThat(StatementSplitter.split(row.repeat(100_000))).hasSize(100_001);
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = StatementSplitterTest.class.getResourceAsStream("splitter/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package io.jenkins.plugins.supabase.local.runner.casc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
    @TempDir
    private Path secrets;

    private final List<String> warnings = new ArrayList<>();
    private Variables variables;

    @BeforeEach
    void prepare() {
        variables = new Variables(
                Map.of("NAME", "value", "EMPTY", "", "INNER", "NAME", "SECRETS", secrets.toString()), warnings::add);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain,                            plain",
                "${NAME},                          value",
                "a ${NAME} b ${NAME},              a value b value",
                "${NAME:-other},                   value",
                "${NOPE:-other},                   other",
                "${NOPE:-https://a.example:1},     https://a.example:1",
                "${NOPE:-${NAME}},                 value",
                "${EMPTY:-other}x,                 x",
                "${NOPE:-}x,                       x",
                "${${INNER}},                      value",
                "^${NAME},                         ${NAME}",
                "a^${NAME}b${NAME},                a${NAME}bvalue",
                "${unfinished,                     ${unfinished",
                "$NAME {NAME},                     $NAME {NAME}",
                "${base64:abc},                    YWJj",
                "${decodeBase64:YWJj},             abc",
                "${decodeBase64:${base64:${NAME}}}, value",
                "${trim: abc },                    abc",
            })
    void replaces(String text, String expected) throws CascException {
        assertThat(variables.resolve(text, "x.yaml, line 1")).isEqualTo(expected);
        assertThat(warnings).isEmpty();
    }

    @Test
    void warnsOfWhatIsNotSet() throws CascException {
        assertThat(variables.resolve("a${NOPE}b", "x.yaml, line 3")).isEqualTo("ab");
        assertThat(warnings)
                .containsExactly("WARNING: x.yaml, line 3: the variable NOPE is not set; it is taken as empty");
    }

    @Test
    void prefersFilesOfTheSecretsFolder() throws Exception {
        Files.writeString(secrets.resolve("NAME"), "from the file\n");

        assertThat(variables.resolve("${NAME}", "x")).isEqualTo("from the file");
    }

    @Test
    void readsFiles() throws Exception {
        Path file = Files.writeString(secrets.resolve("some.txt"), "text");

        assertThat(variables.resolve("${readFile:" + file + "}", "x")).isEqualTo("text");
        assertThat(variables.resolve("${readFileBase64:" + file + "}", "x")).isEqualTo("dGV4dA==");
        assertThatThrownBy(() -> variables.resolve("${readFile:" + file + ".missing}", "x.yaml, line 2"))
                .isInstanceOf(CascException.class)
                .hasMessage("x.yaml, line 2: the file " + file + ".missing cannot be read");
    }

    @Test
    void refusesFunctionsThatItDoesNotHave() throws IOException {
        assertThatThrownBy(() -> variables.resolve("${json:a:{}}", "x.yaml, line 2"))
                .hasMessage("x.yaml, line 2: '${json:…}' is not supported by the local runner");
    }

    @Test
    void remembersWhereSecretsComeFrom() throws CascException {
        variables.resolve("${NAME}", "x");
        variables.resolveSecret("${EMPTY:-x}${INNER}", "x");

        assertThat(variables.secret()).containsExactly("EMPTY", "INNER");
    }
}

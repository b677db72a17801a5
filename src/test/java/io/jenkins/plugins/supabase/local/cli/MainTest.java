package io.jenkins.plugins.supabase.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter problems = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | echo 'fine'", "1 | error 'bad'", "2 | unstable 'hm'", "3 | parallel a: { }", "3 | node {"})
    void exitCodes(int code, String jenkinsfile) throws Exception {
        Path file = Files.writeString(folder.resolve("Jenkinsfile"), jenkinsfile);

        assertThat(execute("run", file.toString())).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run                                    | Missing required parameter: 'JENKINSFILE'",
                "run Jenkinsfile --cask x               | Possible solutions: --casc",
                "run Jenkinsfile --param X              | --param",
                "run Jenkinsfile --workspace /not/there | The workspace /not/there is not a folder",
                "rum                                    | Did you mean: supabase-delivery-local run",
                "''                                     | Which command?",
            })
    void wrongUsage(String arguments, String message) {
        assertThat(execute(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .as(problems.toString())
                .isEqualTo(3);
        assertThat(problems.toString()).contains(message);
    }

    @Test
    void workspaceUserAndParametersReachThePipeline() throws Exception {
        Path file = Files.writeString(folder.resolve("Jenkinsfile"), "node { echo \"${params.A} in ${pwd()}\" }");
        Path workspace = Files.createDirectories(folder.resolve("elsewhere"));

        int code = execute(
                "run", file.toString(), "--workspace", workspace.toString(), "--user", "carol", "--param", "A=b=c");

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Started by user carol", "\nb=c in " + workspace + "\n");
    }

    @Test
    void listsStepsWithTheirArguments() {
        assertThat(execute("steps")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("  supabaseDeploy(environment: String, [")
                .contains("  verifyHealth(environment: String, [")
                .contains("  withEnv(overrides: List) { … }");
    }

    private int execute(String... arguments) {
        return Main.execute(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintWriter(problems, true), arguments);
    }
}

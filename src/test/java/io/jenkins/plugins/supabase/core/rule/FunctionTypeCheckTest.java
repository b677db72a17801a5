package io.jenkins.plugins.supabase.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionTypeCheckTest {
    @TempDir
    Path root;

    private void write(String name, String text) throws IOException {
        Path file = root.resolve("supabase/functions").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path script(String body) throws IOException {
        Path script = root.resolve("deno");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    private FunctionTypeCheck.Result check(Optional<Path> deno, Duration deadline) throws InterruptedException {
        return FunctionTypeCheck.run(SupabaseProject.read(root.resolve("supabase")), deno, deadline, line -> {});
    }

    /** The real one, where it is installed. */
    private static Optional<Path> deno() {
        Path installed = Path.of("src/test/cli/node_modules/@deno/linux-x64-glibc/deno").toAbsolutePath();
        return Files.isExecutable(installed) ? Optional.of(installed) : FunctionTypeCheck.deno(System.getenv());
    }

    @Test
    void findingsHaveFileAndLine() throws Exception {
        assumeThat(deno()).as("deno is installed: run 'npm install' in src/test/cli, or set DENO").isPresent();
        write("good/index.ts", "export const a: number = 1;\n");
        write("typed/index.ts", "import { b } from '../_shared/b.ts';\n\nconst a: number = 'x';\nconsole.log(a, b);\n");
        write("_shared/b.ts", "export const b: string = 3;\n");
        write("broken/index.ts", "// fine so far\nconst = 1;\n");
        FunctionTypeCheck.Result result = check(deno(), Duration.ofMinutes(2));
        assertThat(result.notes()).isEmpty();
        assertThat(result.findings())
                .extracting(Finding::rule, Finding::severity, Finding::file, Finding::line)
                .containsExactlyInAnyOrder(
                        tuple("function-does-not-parse", Severity.DANGER, "supabase/functions/broken/index.ts", 2),
                        tuple("function-type-error", Severity.WARNING, "supabase/functions/_shared/b.ts", 1),
                        tuple("function-type-error", Severity.WARNING, "supabase/functions/typed/index.ts", 3));
        assertThat(result.findings()).extracting(Finding::message)
                .contains("Type 'string' is not assignable to type 'number'.");
    }

    @Test
    void theFunctionsOwnAliasesHold() throws Exception {
        assumeThat(deno()).as("deno is installed: run 'npm install' in src/test/cli, or set DENO").isPresent();
        write("aliased/deno.json", "{\"imports\": {\"shared\": \"../_shared/b.ts\"}}");
        write("aliased/index.ts", "import { b } from 'shared';\nconst a: string = b;\nconsole.log(a);\n");
        write("_shared/b.ts", "export const b: number = 3;\n");
        assertThat(check(deno(), Duration.ofMinutes(2)).findings())
                .extracting(Finding::file, Finding::line, Finding::message)
                .containsExactly(tuple("supabase/functions/aliased/index.ts", 2,
                        "Type 'number' is not assignable to type 'string'."));
    }

    @Test
    void whatCannotBeDownloadedIsANote() throws Exception {
        assumeThat(deno()).as("deno is installed: run 'npm install' in src/test/cli, or set DENO").isPresent();
        write("good/index.ts", "export const a: number = 1;\n");
        write("remote/index.ts", "import 'http://127.0.0.1:9/nothing.ts';\n");
        FunctionTypeCheck.Result result = check(deno(), Duration.ofMinutes(2));
        assertThat(result.findings()).isEmpty();
        assertThat(result.notes()).hasSize(1).first().asString()
                .startsWith("Edge function remote was not type-checked: ")
                .contains("http://127.0.0.1:9/nothing.ts");
    }

    @Test
    void withoutDenoThereIsANote() throws Exception {
        write("good/index.ts", "export const a: number = 1;\n");
        assertThat(check(Optional.empty(), Duration.ofMinutes(1)))
                .isEqualTo(new FunctionTypeCheck.Result(List.of(),
                List.of("Edge functions were not type-checked: deno is not on"
                        + " the agent (on its PATH, or named by the variable DENO).")));
    }

    @Test
    void withoutFunctionsThereIsNothingToSay() throws Exception {
        Files.createDirectories(root.resolve("supabase"));
        Files.writeString(root.resolve("supabase/config.toml"), "");
        assertThat(check(Optional.empty(), Duration.ofMinutes(1)).notes()).isEmpty();
    }

    @Test
    void denoIsFoundByItsVariableFirst() throws Exception {
        Path one = script("exit 0");
        Path other = Files.createDirectories(root.resolve("bin")).resolve("deno");
        Files.copy(one, other);
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwx------"));
        String path = root.resolve("empty") + ":" + other.getParent();
        assertThat(FunctionTypeCheck.deno(Map.of("DENO", one.toString(), "PATH", path))).contains(one);
        assertThat(FunctionTypeCheck.deno(Map.of("PATH", path))).contains(other);
        assertThat(FunctionTypeCheck.deno(Map.of("PATH", root.resolve("empty").toString()))).isEmpty();
    }

    @Test
    void functionsWithOneImportMapGoTogether() throws Exception {
        write("a/index.ts", "");
        write("b/index.ts", "");
        write("c/index.ts", "");
        write("c/deno.json", "{}");
        Path deno = script("echo \"$@\" >> " + root.resolve("calls"));
        assertThat(check(Optional.of(deno), Duration.ofMinutes(1)).notes()).isEmpty();
        assertThat(Files.readAllLines(root.resolve("calls")).stream().map(line -> line.replaceFirst(".*=none ", "")))
                .containsExactly(
                        "--no-config supabase/functions/a/index.ts supabase/functions/b/index.ts",
                        "--config=supabase/functions/c/deno.json supabase/functions/c/index.ts");
    }

    @Test
    void aDeadlineEndsDeno() throws Exception {
        write("slow/index.ts", "");
        Path deno = script("exec sleep 600");
        assertThat(check(Optional.of(deno), Duration.ofSeconds(1)).notes())
                .containsExactly("Edge function slow was not type-checked: there was no time left.");
    }

    @Test
    void anInterruptEndsDeno() throws Exception {
        write("slow/index.ts", "");
        Path deno = script("echo $$ > " + root.resolve("pid") + "; exec sleep 600");
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                check(Optional.of(deno), Duration.ofMinutes(5));
            } catch (InterruptedException e) {
                thrown.add(e);
            }
        });
        thread.start();
        while (!Files.exists(root.resolve("pid")) || Files.size(root.resolve("pid")) == 0) {
            Thread.sleep(20);
        }
        thread.interrupt();
        thread.join(20_000);
        assertThat(thrown).hasSize(1);
        long pid = Long.parseLong(Files.readString(root.resolve("pid")).strip());
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }
}

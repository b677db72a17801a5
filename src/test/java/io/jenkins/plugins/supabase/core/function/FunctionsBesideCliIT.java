package io.jenkins.plugins.supabase.core.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import io.jenkins.plugins.supabase.local.standin.StandInFunction;
import io.jenkins.plugins.supabase.local.standin.StandInFunctions;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.SupabaseCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we send for functions beside what the real Supabase CLI 3.1.0 sends: the stand-in's digests cover all of it. */
class FunctionsBesideCliIT {
    private static final String REF = "abcdefghijklmnopqrst";

    @TempDir
    private Path home;

    @TempDir
    private Path project;

    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInFunctions platform = standIn.createProject(REF).functions();
    private SupabaseCli cli;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(SupabaseCli.find(home).isPresent(), SupabaseCli.HOW_TO_INSTALL);
        // Access tokens have this form; the CLI checks it.
        String token = "sbp_" + "0".repeat(40);
        standIn.acceptToken(token);
        cli = SupabaseCli.find(home).orElseThrow().withPlatform(standIn.managementUrl(), token);
        write("config.toml", """
                project_id = "votes"
                [functions.closed]
                verify_jwt = true
                [functions.elsewhere]
                entrypoint = "./functions/elsewhere/src/main.ts"
                import_map = "./functions/elsewhere/map.json"
                [functions.open]
                verify_jwt = false
                static_files = ["./functions/open/*.html", "./functions/open/assets/**/*.txt"]
                [functions.off]
                enabled = false
                """);
        write("functions/_shared/cors.ts", "import './deep/er.ts'; export const cors = 1;");
        write("functions/_shared/deep/er.ts", "export {};");
        write("functions/_shared/data.json", "{\"a\": 1}");
        write("functions/open/index.ts", """
                import "jsr:@supabase/functions-js/edge-runtime.d.ts";
                import { cors } from "../_shared/cors.ts";
                import data from "../_shared/data.json" with { type: "json" };
                import type { T } from "./types.ts";
                export * from "./again.ts";
                await import("./lazy.ts");
                """);
        write("functions/open/types.ts", "export type T = 1;");
        write("functions/open/again.ts", "import './index.ts';");
        write("functions/open/lazy.ts", "export {};");
        write("functions/open/page.html", "<p>");
        write("functions/open/assets/x/note.txt", "note");
        write("functions/open/assets/x/y/note.txt", "note");
        write("functions/open/assets/above.txt", "not matched");
        write(
                "functions/closed/deno.jsonc",
                "{ // aliases\n \"imports\": {\"lib\": \"./lib.ts\", \"npm\": \"npm:x\",}, }");
        write("functions/closed/index.ts", "import 'lib'; import 'npm';");
        write("functions/closed/lib.ts", "export {};");
        write("functions/elsewhere/src/main.ts", "import '@/x.ts';");
        write("functions/elsewhere/lib/x.ts", "export {};");
        write("functions/elsewhere/map.json", "{\"imports\": {\"@/\": \"./lib/\"}}");
        write("functions/plain/index.ts", "Deno.serve(() => new Response('ü'));");
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private void write(String name, String content) throws IOException {
        Path file = project.resolve("supabase").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<FunctionOutcome> deploy() throws InterruptedException {
        Environment environment = new Environment("staging", REF, standIn.managementUrl(), null, null);
        try (ManagementClient client =
                new ManagementClient(environment, new SecretText(standIn.accessToken()), line -> {})) {
            FunctionDeployer deployer = new FunctionDeployer(client, line -> {});
            return deployer.activate(deployer.bundle(
                            SupabaseProject.read(project.resolve("supabase")).functions()))
                    .outcomes();
        }
    }

    private void deployWithCli() throws Exception {
        SupabaseCli.Outcome outcome = cli.run(project, "functions", "deploy", "--use-api", "--remote=" + REF, "--yes");
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    @Test
    void shouldFindNothingToDoAfterTheCli() throws Exception {
        deployWithCli();
        assertThat(platform.live()).extracting(StandInFunction::slug)
                .containsExactly("closed", "elsewhere", "open", "plain");

        assertThat(deploy()).hasSize(4).allMatch(outcome -> outcome.change() == Change.UNCHANGED);
    }

    @Test
    void shouldDeployWhatTheCliDeploys() throws Exception {
        deploy();
        List<String> ours = platform.live().stream().map(StandInFunction::ezbrSha256).toList();
        List<Boolean> verifyJwt = platform.live().stream().map(StandInFunction::verifyJwt).toList();

        deployWithCli();

        assertThat(platform.live()).extracting(StandInFunction::ezbrSha256).containsExactlyElementsOf(ours);
        assertThat(platform.live()).extracting(StandInFunction::verifyJwt).containsExactlyElementsOf(verifyJwt);
        assertThat(platform.live()).extracting(StandInFunction::version).containsOnly(2);
    }

    @Test
    void shouldBeListedByTheCli() throws Exception {
        deploy();

        SupabaseCli.Outcome list = cli.run(project, "functions", "list", "--remote=" + REF);

        assertThat(list.exitCode()).as(list.output()).isZero();
        assertThat(list.output()).contains("closed", "elsewhere", "open", "plain", "ACTIVE");
    }

    /** All 40 run as version 1, all are changed, and the platform refuses one. */
    private void fortyOfWhichOneIsRefused() throws Exception {
        for (int number = 1; number <= 40; number++) {
            write("functions/f%02d/index.ts".formatted(number), "// first " + number);
        }
        deploy();
        for (int number = 1; number <= 40; number++) {
            write("functions/f%02d/index.ts".formatted(number), "// second " + number);
        }
        platform.rejectBundle("f17", "Failed to bundle the function (reason: Expected ';').");
        standIn.requests().clear();
    }

    private List<Integer> versionsOfTheForty() {
        return platform.live().stream()
                .filter(function -> function.slug().matches("f\\d\\d"))
                .map(StandInFunction::version)
                .toList();
    }

    @Test
    void shouldBringNoneOfFortyLiveWhenOneIsRefused() throws Exception {
        fortyOfWhichOneIsRefused();

        assertThatThrownBy(this::deploy)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("1 of 44 edge functions could not be bundled, so none was activated: f17 (");

        assertThat(versionsOfTheForty()).hasSize(40).containsOnly(1);
        assertThat(standIn.requests().count("PUT /v1/projects/*/functions")).isZero();
    }

    /** What the plugin is compared with: should a later CLI keep all back too, this test says so. */
    @Test
    void theCliBringsThirtyNineOfFortyLiveWhenOneIsRefused() throws Exception {
        fortyOfWhichOneIsRefused();

        SupabaseCli.Outcome outcome = cli.run(project, "functions", "deploy", "--use-api", "--remote=" + REF, "--yes");

        assertThat(outcome.exitCode()).as(outcome.output()).isNotZero();
        assertThat(versionsOfTheForty()).hasSize(40).filteredOn(version -> version == 2).hasSize(39);
        platform.acceptBundle("f17");
        deploy();
        assertThat(versionsOfTheForty()).as("deploying again finishes the job").containsOnly(2);
    }

    @Test
    void shouldKeepTheSourcesThatTheCliDownloads() throws Exception {
        deploy();
        Path download = Files.createDirectory(home.resolve("download"));
        Files.createDirectories(download.resolve("supabase"));
        Files.writeString(download.resolve("supabase/config.toml"), "project_id = \"votes\"\n");
        SupabaseCli.Outcome outcome =
                cli.run(download, "functions", "download", "open", "--use-api", "--remote=" + REF);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();

        write("functions/open/index.ts", "// changed");
        Environment environment = new Environment("staging", REF, standIn.managementUrl(), null, null);
        try (ManagementClient client =
                new ManagementClient(environment, new SecretText(standIn.accessToken()), line -> {})) {
            FunctionPlan plan = FunctionPlanner.plan(
                    SupabaseProject.read(project.resolve("supabase")), client.functions(), List.of(), false);
            OriginalSources ours = FunctionSnapshot.take(client, plan, line -> {}).find("open").orElseThrow().sources();

            assertThat(ours.files()).hasSizeGreaterThan(6);
            for (Map.Entry<String, byte[]> file : ours.files().entrySet()) {
                assertThat(download.resolve(file.getKey())).as(outcome.output()).hasBinaryContent(file.getValue());
            }
        }
    }
}

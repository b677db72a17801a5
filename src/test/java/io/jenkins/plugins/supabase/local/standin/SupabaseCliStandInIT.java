package io.jenkins.plugins.supabase.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import io.jenkins.plugins.supabase.testing.SupabaseCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Supabase CLI at the stand-in: what it accepts as an answer cannot be far from the real one. */
class SupabaseCliStandInIT {
    private static final Path EXAMPLE = Path.of("docs/examples/votes/supabase");
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String REMOTE = "--remote=" + REF;

    @TempDir
    private Path home;

    @TempDir
    private Path workspace;

    private SupabaseCli cli;
    private SupabaseStandIn standIn;
    private StandInProject project;

    @BeforeEach
    void start() throws IOException {
        Optional<SupabaseCli> found = SupabaseCli.find(home);
        assumeTrue(found.isPresent(), SupabaseCli.HOW_TO_INSTALL);
        copy(EXAMPLE, workspace.resolve("supabase"));
        standIn = SupabaseStandIn.start();
        project = standIn.createProject(REF).name("votes");
        cli = found.orElseThrow()
                .withPlatform(standIn.managementUrl(), standIn.accessToken())
                .with("ALLOWED_ORIGIN", "https://votes.example.com")
                .with("TURNSTILE_SECRET", "secret of the captcha")
                .with("SMTP_PASSWORD", "password of the mail server");
    }

    @AfterEach
    void stop() {
        if (standIn != null) {
            standIn.close();
            assertThat(standIn.unknownRequests()).isEmpty();
        }
    }

    @Test
    void listsProjects() throws Exception {
        assertThat(run("projects", "list")).contains(REF, "votes");
    }

    @Test
    void deploysAndListsTheExamplesFunction() throws Exception {
        run("functions", "deploy", "--use-api", REMOTE, "--yes");

        assertThat(project.functions().liveFiles("update-votes"))
                .containsExactly(
                        "supabase/functions/_shared/cors.ts",
                        "supabase/functions/update-votes/deno.json",
                        "supabase/functions/update-votes/index.ts",
                        "supabase/functions/update-votes/vote.ts");
        assertThat(project.functions().live("update-votes")).get().matches(StandInFunction::verifyJwt);
        assertThat(run("functions", "list", REMOTE)).contains("update-votes", "ACTIVE");
    }

    @Test
    void bundlesSeveralFunctionsBeforeAnyGoesLive() throws Exception {
        copy(EXAMPLE.resolve("functions/update-votes"), workspace.resolve("supabase/functions/second"));

        run("functions", "deploy", "--use-api", REMOTE, "--yes");

        assertThat(project.functions().live())
                .extracting(StandInFunction::slug)
                .containsExactly("second", "update-votes");
        assertThat(standIn.requests().matching("POST /v1/projects/*/functions/deploy"))
                .allSatisfy(upload -> assertThat(upload.query()).containsEntry("bundleOnly", "true"));
        assertThat(standIn.requests().count("PUT /v1/projects/*/functions")).isEqualTo(1);
    }

    @Test
    void setsListsAndUnsetsSecrets() throws Exception {
        run("secrets", "set", "COLOUR=blue", "SHAPE=round", REMOTE, "--yes");
        assertThat(project.secrets().value("COLOUR")).hasValue("blue");
        assertThat(run("secrets", "list", REMOTE)).contains("SHAPE", Digests.sha256("round"));

        run("secrets", "unset", "SHAPE", REMOTE, "--yes");
        assertThat(project.secrets().names()).contains("COLOUR").doesNotContain("SHAPE");
    }

    @Test
    void pushesTheExamplesConfigAndThenFindsNothingLeftToPush() throws Exception {
        assertThat(run("config", "diff", REMOTE)).contains("auth.site_url [update]");

        run("config", "push", REMOTE, "--yes");

        assertThat(project.config().section(Section.AUTH).path("site_url").asText())
                .isEqualTo("https://votes.example.com");
        assertThat(project.config().section(Section.AUTH).path("smtp_pass").asText())
                .isEqualTo("password of the mail server");
        assertThat(project.network().sslEnforced()).isTrue();
        assertThat(run("config", "diff", REMOTE))
                .contains("(0 update, ", " 0 local-only)")
                .doesNotContain("password of the mail server");
    }

    @Test
    void linksAndRemembersTheProject() throws Exception {
        run("link", REF);

        assertThat(run("functions", "list")).contains("SLUG");
        assertThat(standIn.requests().count("GET /v1/projects/*/functions")).isEqualTo(1);
    }

    @Test
    void waitsOutARateLimit() throws Exception {
        standIn.faults().next("GET /v1/projects/*/functions", Fault.rateLimited(Duration.ofSeconds(1)));

        assertThat(run("functions", "list", REMOTE)).contains("SLUG");
    }

    @Test
    void reportsAMissingPermission() throws Exception {
        standIn.faults().always("GET /v1/projects/*/secrets", Fault.forbidden("edge_functions_secrets_read"));

        SupabaseCli.Outcome outcome = cli.run(workspace, "secrets", "list", REMOTE);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains("403");
    }

    private String run(String... arguments) throws Exception {
        SupabaseCli.Outcome outcome = cli.run(workspace, arguments);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }
}

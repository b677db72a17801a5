package io.jenkins.plugins.supabase.core.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInFunction;
import io.jenkins.plugins.supabase.local.standin.StandInFunctions;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.ScriptedApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FunctionDeployerTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String LIST = "GET /v1/projects/*/functions";
    private static final String BUNDLE = "POST /v1/projects/*/functions/deploy";
    private static final String ACTIVATE = "PUT /v1/projects/*/functions";

    @TempDir
    Path root;

    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInFunctions platform = standIn.createProject(REF).functions();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private String token = standIn.accessToken();

    @BeforeEach
    void threeFunctions() throws IOException {
        write("_shared/cors.ts", "export const cors = 1;");
        write("a/index.ts", "import { cors } from '../_shared/cors.ts';");
        write("b/index.ts", "import '@shared/cors.ts';");
        write("b/deno.json", "{\"imports\": {\"@shared/\": \"../_shared/\"}}");
        write("c/index.ts", "Deno.serve(() => new Response('c'));");
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve("supabase/functions").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void configure(String toml) throws IOException {
        Files.writeString(root.resolve("supabase/config.toml"), toml);
    }

    private ManagementClient client() {
        return client(standIn.managementUrl());
    }

    private ManagementClient client(String url) {
        return new ManagementClient(
                new Environment("staging", REF, url, null, null),
                new SecretText(token),
                lines::add,
                ManagementOptions.DEFAULT.withRetryFor(Duration.ofSeconds(5)));
    }

    private List<FunctionOutcome> deploy() throws InterruptedException {
        return deploy(client());
    }

    private List<FunctionOutcome> deploy(ManagementClient ofPlatform) throws InterruptedException {
        try (ManagementClient client = ofPlatform) {
            FunctionDeployer deployer = new FunctionDeployer(client, lines::add, Duration.ofMillis(600));
            return deployer.activate(deployer.bundle(SupabaseProject.read(root.resolve("supabase")).functions()))
                    .outcomes();
        }
    }

    private List<String> live() {
        return platform.live().stream().map(StandInFunction::slug).toList();
    }

    @Test
    void bringsAllFunctionsLiveInOneCall() throws Exception {
        List<FunctionOutcome> outcomes = deploy();

        assertThat(live()).containsExactly("a", "b", "c");
        assertThat(platform.liveFiles("b"))
                .containsExactly(
                        "supabase/functions/_shared/cors.ts",
                        "supabase/functions/b/deno.json",
                        "supabase/functions/b/index.ts");
        assertThat(outcomes).extracting(FunctionOutcome::slug).containsExactly("a", "b", "c");
        assertThat(outcomes).allMatch(outcome -> outcome.change() == Change.NEW && outcome.version() == 1);
        assertThat(outcomes).extracting(FunctionOutcome::files).containsExactly(2, 3, 1);
        assertThat(outcomes.get(0).bytes())
                .isEqualTo("export const cors = 1;import { cors } from '../_shared/cors.ts';".length());
        assertThat(standIn.requests().count(BUNDLE)).isEqualTo(3);
        assertThat(standIn.requests().count(ACTIVATE)).isEqualTo(1);
        assertThat(standIn.requests().matching(BUNDLE))
                .allMatch(request -> "true".equals(request.query().get("bundleOnly")));
    }

    @Test
    void reportsProgressWithCounts() throws Exception {
        deploy();

        assertThat(lines.get(0)).isEqualTo("Bundling 3 edge functions.");
        assertThat(lines).anyMatch(line -> line.startsWith("[3/3] "));
        assertThat(lines).anyMatch(line -> line.matches("\\[\\d/3\\] a bundled: 2 files, 64 B, \\d+ ms, new"));
        assertThat(lines).last().asString().isEqualTo("3 edge functions live: a, b, c.");
    }

    @Test
    void outcomesCanTravelToTheController() throws Exception {
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(deploy().get(0));
    }

    @Test
    void changesNothingWhenAllRunAlready() throws Exception {
        deploy();
        standIn.requests().clear();

        List<FunctionOutcome> outcomes = deploy();

        assertThat(outcomes).allMatch(outcome -> outcome.change() == Change.UNCHANGED && outcome.version() == 1);
        assertThat(standIn.requests().count(ACTIVATE)).isZero();
        assertThat(lines).last().asString().isEqualTo("3 edge functions unchanged.");
    }

    @Test
    void activatesOnlyWhatChanged() throws Exception {
        deploy();
        write("c/index.ts", "Deno.serve(() => new Response('changed'));");

        List<FunctionOutcome> outcomes = deploy();

        assertThat(outcomes)
                .extracting(FunctionOutcome::change)
                .containsExactly(Change.UNCHANGED, Change.UNCHANGED, Change.CHANGED);
        assertThat(outcomes).extracting(FunctionOutcome::version).containsExactly(1, 1, 2);
        assertThat(platform.live("a").orElseThrow().version()).isEqualTo(1);
        assertThat(platform.live("c").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aChangedSettingIsAChange() throws Exception {
        deploy();
        configure("[functions.a]\nverify_jwt = false\n");

        assertThat(deploy().get(0).change()).isEqualTo(Change.CHANGED);
        assertThat(platform.live("a").orElseThrow().verifyJwt()).isFalse();

        configure("");
        write("a/index.ts", "// changed");
        deploy();
        assertThat(platform.live("a").orElseThrow().verifyJwt()).as("undeclared: stays as it is").isFalse();
    }

    @Test
    void sendsTheSettingThatAFunctionHasWhereConfigDoesNotSay() throws Exception {
        Files.delete(root.resolve("supabase/functions/a/index.ts"));
        Files.delete(root.resolve("supabase/functions/a"));
        Files.delete(root.resolve("supabase/functions/b/index.ts"));
        Files.delete(root.resolve("supabase/functions/b/deno.json"));
        Files.delete(root.resolve("supabase/functions/b"));
        String function = "{\"id\": \"1\", \"slug\": \"c\", \"name\": \"c\", \"status\": \"ACTIVE\", \"version\": %d,"
                + " \"verify_jwt\": %s, \"ezbr_sha256\": \"%s\"}";
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(200, "[" + function.formatted(1, false, "aa") + "]")
                    .then(201, function.formatted(2, true, "bb"))
                    .then(200, "{\"functions\": []}")
                    .then(200, "[" + function.formatted(2, false, "bb") + "]");

            deploy(client(api.url()));

            assertThat(api.seen().get(1).body()).contains("\"verify_jwt\":false");
            assertThat(api.seen().get(2).body()).contains("\"verify_jwt\":false").contains("\"version\":2");
        }
    }

    @Test
    void keepsFunctionsThatAreNotInTheFolder() throws Exception {
        deploy();
        Files.delete(root.resolve("supabase/functions/c/index.ts"));
        Files.delete(root.resolve("supabase/functions/c"));
        write("a/index.ts", "// changed");

        assertThat(deploy()).hasSize(2);

        assertThat(live()).containsExactly("a", "b", "c");
        assertThat(platform.live("c").orElseThrow().status()).isEqualTo("ACTIVE");
    }

    @Test
    void activatesNoneWhenOneIsRefused() throws Exception {
        deploy();
        write("a/index.ts", "// changed");
        write("b/index.ts", "// broken");
        write("d/index.ts", "// new");
        platform.rejectBundle("b", "Failed to bundle the function (reason: Expected ';').");
        platform.rejectBundle("d", "Something else.");
        standIn.requests().clear();

        assertThatThrownBy(this::deploy)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("2 of 4 edge functions could not be bundled, so none was activated")
                .hasMessageContaining("b (Failed to bundle the function (reason: Expected ';').), d (Something else.)")
                .hasMessageContaining("ran before still run");

        assertThat(standIn.requests().count(ACTIVATE)).isZero();
        assertThat(standIn.requests().count(BUNDLE)).isEqualTo(4);
        assertThat(platform.live()).extracting(StandInFunction::version).containsExactly(1, 1, 1);
    }

    @Test
    void finishesTheJobAfterAFailure() throws Exception {
        platform.rejectBundle("b", "not today");
        assertThatThrownBy(this::deploy).isInstanceOf(DeliveryException.class);
        platform.acceptBundle("b");

        assertThat(deploy()).allMatch(outcome -> outcome.change() == Change.NEW);
        assertThat(live()).containsExactly("a", "b", "c");
    }

    @Test
    void stopsEarlyWhenTheTokenLacksThePermission() {
        token = standIn.scopedToken("edge_functions_read");

        assertThatThrownBy(this::deploy)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("lacks the permission edge_functions_write (403)")
                .hasMessageContaining("No edge function was activated");

        assertThat(live()).isEmpty();
    }

    @Test
    void waitsWhenRateLimitedAndGoesOn() throws Exception {
        standIn.faults().next(BUNDLE, 2, Fault.rateLimited(Duration.ofSeconds(1)));

        assertThat(deploy()).hasSize(3);

        assertThat(live()).containsExactly("a", "b", "c");
        assertThat(lines).anyMatch(line -> line.contains("rate limited, going on in"));
    }

    @Test
    void goesOnWhenTheAnswerToTheActivationIsLost() throws Exception {
        standIn.faults().next(ACTIVATE, Fault.cut());

        assertThat(deploy()).hasSize(3);
        assertThat(live()).containsExactly("a", "b", "c");
    }

    @Test
    void aRefusedActivationSaysThatNothingChanged() {
        standIn.faults().next(ACTIVATE, Fault.status(402));

        assertThatThrownBy(this::deploy)
                .hasMessageContaining("Maximum number of functions reached for Plan")
                .hasMessageContaining("No edge function was activated");
        assertThat(live()).isEmpty();
    }

    @Test
    void namesWhatDidNotGoLiveAlthoughItWasAccepted() throws Exception {
        deploy();
        write("a/index.ts", "// changed");
        write("b/index.ts", "// changed");
        write("d/index.ts", "// new");
        platform.loseActivation("a", 1);
        platform.loseActivation("d", 1);

        assertThatThrownBy(this::deploy)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("activation of 3 edge functions, but 2 of them did not go live")
                .hasMessageContaining("a (version 1 runs instead of 2), d (not listed)");

        assertThat(deploy())
                .extracting(FunctionOutcome::change)
                .containsExactly(Change.CHANGED, Change.UNCHANGED, Change.UNCHANGED, Change.NEW);
        assertThat(live()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void withoutFunctionsNothingIsAsked() throws Exception {
        try (ManagementClient client = client()) {
            FunctionDeployer deployer = new FunctionDeployer(client, lines::add);
            assertThat(deployer.activate(deployer.bundle(List.of())).outcomes()).isEmpty();
        }
        assertThat(standIn.requests().entries()).isEmpty();
        assertThat(lines).isEmpty();
    }

    @Test
    void stopsAtOnceWhenInterrupted() throws Exception {
        standIn.faults().always(BUNDLE, Fault.slow(Duration.ofMinutes(5)));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                deploy();
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        thread.start();
        while (standIn.requests().count(LIST) == 0 || thread.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join(5_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(live()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(other -> other.getName().equals("supabase-functions") && other.isAlive());
    }
}

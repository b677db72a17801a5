package io.jenkins.plugins.supabase.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupabaseStandInTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String PROJECT = "/v1/projects/" + REF;
    private static final String METADATA = "{\"entrypoint_path\":\"index.ts\",\"name\":\"hello\"}";

    private SupabaseStandIn standIn;
    private StandInProject project;
    private PlainClient api;

    @BeforeEach
    void start() {
        standIn = SupabaseStandIn.start();
        project = standIn.createProject(REF);
        api = PlainClient.management(standIn);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void nothingIsLiveBeforeTheBulkUpdate() throws Exception {
        PlainClient.Answer bundled = bundle("hello", "export {}");

        assertThat(bundled.status()).isEqualTo(201);
        assertThat(bundled.json().path("version").asInt()).isEqualTo(1);
        assertThat(api.get(PROJECT + "/functions").json()).isEmpty();
        assertThat(callFunction("hello").status()).isEqualTo(404);

        PlainClient.Answer activated = activate(bundled.json());

        assertThat(activated.status()).isEqualTo(200);
        assertThat(activated.json().path("functions").get(0).path("slug").asText()).isEqualTo("hello");
        assertThat(api.get(PROJECT + "/functions").json()).hasSize(1);
        assertThat(callFunction("hello").json().path("version").asInt()).isEqualTo(1);
        assertThat(project.functions().liveFiles("hello")).containsExactly("index.ts");
    }

    @Test
    void aSecondBundleGetsTheNextVersionAndLeavesTheFirstLive() throws Exception {
        activate(bundle("hello", "export {}").json());

        PlainClient.Answer second = bundle("hello", "export const changed = 1");

        assertThat(second.json().path("version").asInt()).isEqualTo(2);
        assertThat(callFunction("hello").json().path("version").asInt()).isEqualTo(1);
        activate(second.json());
        assertThat(callFunction("hello").json().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void theDigestDependsOnFilesAndMetadataOnly() throws Exception {
        String first = digest(bundle("hello", "export {}"));

        assertThat(digest(bundle("hello", "export {}"))).isEqualTo(first);
        assertThat(digest(bundle("hello", "export { }"))).isNotEqualTo(first);
    }

    @Test
    void deployWithoutBundleOnlyGoesLiveAtOnce() throws Exception {
        api.deploy(REF, "slug=hello", METADATA, Map.of("index.ts", "export {}"));

        assertThat(callFunction("hello").status()).isEqualTo(200);
    }

    @Test
    void anUnknownBundleActivatesNothingOfTheWholeList() throws Exception {
        JsonNode good = bundle("hello", "export {}").json();
        ObjectNode stranger = good.deepCopy();
        stranger.put("slug", "stranger");

        assertThat(activate(good, stranger).status()).isEqualTo(400);
        assertThat(project.functions().live()).isEmpty();
    }

    @Test
    void aRelativeImportThatWasNotSentIsRefused() throws Exception {
        PlainClient.Answer answer = bundle("hello", "import { cors } from '../_shared/cors.ts'\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains("Module not found", "_shared/cors.ts");
    }

    @Test
    void aLostActivationIsAnsweredAsDone() throws Exception {
        JsonNode bundled = bundle("hello", "export {}").json();
        project.functions().loseActivation("hello", 1);

        assertThat(activate(bundled).status()).isEqualTo(200);
        assertThat(project.functions().live()).isEmpty();
        assertThat(activate(bundled).status()).isEqualTo(200);
        assertThat(project.functions().live()).hasSize(1);
    }

    @Test
    void aRejectedBundleSaysWhy() throws Exception {
        project.functions().rejectBundle("hello", "Failed to bundle the function (reason: syntax error).");

        PlainClient.Answer answer = bundle("hello", "export {}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains("syntax error");
    }

    @Test
    void aTokenIsNeededAndAPermissionToo() throws Exception {
        assertThat(PlainClient.anonymous(standIn.managementUrl()).get("/v1/projects").status()).isEqualTo(401);
        assertThat(PlainClient.management(standIn, "sbp_wrong").get("/v1/projects").status()).isEqualTo(401);

        String scoped = standIn.scopedToken("edge_functions_read");
        PlainClient.Answer refused = PlainClient.management(standIn, scoped).send("PUT", PROJECT + "/functions", "[]");

        assertThat(PlainClient.management(standIn, scoped).get(PROJECT + "/functions").status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("missing_permissions").get(0).asText()).isEqualTo("edge_functions_write");
    }

    @Test
    void faultsHappenAsOftenAsAskedAndThenStop() throws Exception {
        standIn.faults().next("GET /v1/projects/*", 2, Fault.status(503)).next("GET " + PROJECT, Fault.malformed());

        assertThat(api.get(PROJECT).status()).isEqualTo(503);
        assertThat(api.get(PROJECT).status()).isEqualTo(503);
        assertThat(api.get(PROJECT).text()).isEqualTo("{\"id\": ");
        assertThat(api.get(PROJECT).json().path("ref").asText()).isEqualTo(REF);
        assertThat(standIn.faults().pending()).isZero();
    }

    @Test
    void droppedConnectionsAndCutAnswersAreNoAnswers() {
        standIn.faults().always("GET /v1/projects", Fault.drop()).always("GET " + PROJECT, Fault.cut());

        assertThatThrownBy(() -> api.get("/v1/projects")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> api.get(PROJECT)).isInstanceOf(IOException.class);
    }

    @Test
    void aSlowAnswerIsTheRightAnswer() throws Exception {
        standIn.faults().next("GET " + PROJECT, Fault.slow(Duration.ofMillis(20)));

        assertThat(api.get(PROJECT).json().path("ref").asText()).isEqualTo(REF);
    }

    @Test
    void closingDoesNotWaitForSlowAnswers() {
        standIn.faults().next("GET " + PROJECT, Fault.slow(Duration.ofHours(1)));
        Thread client = new Thread(() -> assertThatThrownBy(() -> api.get(PROJECT)).isInstanceOf(IOException.class));
        client.start();

        standIn.close();

        assertThat(client).satisfies(thread -> thread.join(Duration.ofSeconds(20).toMillis()));
        assertThat(client.isAlive()).isFalse();
    }

    @Test
    void rateLimitsAreCountedPerRouteAndRefusedOnlyWhenEnforced() throws Exception {
        assertThat(api.get(PROJECT).headers()).containsEntry("x-ratelimit-limit", "120")
                .containsEntry("x-ratelimit-remaining", "119")
                .containsKey("x-ratelimit-reset");
        standIn.rateLimits().enforce(2, Duration.ofMinutes(1));

        assertThat(api.get(PROJECT).status()).isEqualTo(200);
        assertThat(api.get(PROJECT).headers()).containsEntry("x-ratelimit-remaining", "0");
        PlainClient.Answer refused = api.get(PROJECT);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("message").asText()).isEqualTo("ThrottlerException: Too Many Requests");
        assertThat(refused.headers()).containsKey("retry-after");
        assertThat(api.get("/v1/projects").status()).isEqualTo(200);
    }

    @Test
    void healthFollowsProjectAndReports() throws Exception {
        project.health().report("auth", "COMING_UP", 1);
        String path = PROJECT + "/health?services=auth,db&timeout_ms=2000";

        assertThat(api.get(path).json().findValuesAsText("status")).containsExactly("COMING_UP", "ACTIVE_HEALTHY");
        assertThat(api.get(path).json().findValuesAsText("status")).containsExactly("ACTIVE_HEALTHY", "ACTIVE_HEALTHY");
        project.status(StandInProject.Status.COMING_UP);
        assertThat(api.get(path).json().findValuesAsText("status")).containsExactly("COMING_UP", "COMING_UP");
        assertThat(api.get(PROJECT + "/health?services=functions").status()).isEqualTo(400);
    }

    @Test
    void secretsAreReadBackAsDigests() throws Exception {
        String secrets = PROJECT + "/secrets";
        String two = "[{\"name\":\"FOO\",\"value\":\"bar\"},{\"name\":\"BAZ\",\"value\":\"\"}]";
        assertThat(api.send("POST", secrets, two).status()).isEqualTo(201);
        assertThat(api.send("POST", secrets, "[{\"name\":\"SUPABASE_X\",\"value\":\"bar\"}]").status()).isEqualTo(400);
        assertThat(api.get(secrets).text()).doesNotContain("bar").contains(Digests.sha256("bar"));

        assertThat(api.send("DELETE", secrets, "[\"FOO\"]").status()).isEqualTo(200);
        assertThat(project.secrets().names()).containsExactly("BAZ");
    }

    @Test
    void theDataApiOpensItsRootToSecretKeysOnly() throws Exception {
        project.tables().serve("polls", "[{\"id\":1},{\"id\":2}]");
        PlainClient anon = PlainClient.withKey(project, project.keys().publishable());
        PlainClient service = PlainClient.withKey(project, project.keys().secret());

        assertThat(anon.get("/rest/v1/").status()).isEqualTo(401);
        assertThat(service.get("/rest/v1/").status()).isEqualTo(200);
        assertThat(anon.get("/rest/v1/polls?limit=1").json()).hasSize(1);
        assertThat(anon.get("/rest/v1/missing?limit=1").status()).isEqualTo(404);
        assertThat(PlainClient.anonymous(project.url()).get("/rest/v1/polls").status()).isEqualTo(401);
        assertThat(PlainClient.withKey(project, "wrong").get("/auth/v1/health").status()).isEqualTo(401);
        assertThat(anon.get("/auth/v1/health").json().path("name").asText()).isEqualTo("GoTrue");
    }

    @Test
    void aFunctionWantsAJwtUnlessDeclaredOtherwise() throws Exception {
        activate(bundle("hello", "export {}").json());
        PlainClient nobody = PlainClient.anonymous(project.url());

        assertThat(nobody.get("/functions/v1/hello").status()).isEqualTo(401);
        assertThat(nobody.bearer("a.b.c").get("/functions/v1/hello").status()).isEqualTo(401);
        assertThat(nobody.bearer(project.keys().anon()).get("/functions/v1/hello").status()).isEqualTo(200);
        assertThat(nobody.send("OPTIONS", "/functions/v1/hello", null).status()).isEqualTo(200);
        project.functions().bootError("hello", true);
        assertThat(nobody.bearer(project.keys().anon()).get("/functions/v1/hello").status()).isEqualTo(503);

        String open = "{\"entrypoint_path\":\"index.ts\",\"verify_jwt\":false}";
        api.deploy(REF, "slug=open", open, Map.of("index.ts", "export {}"));
        assertThat(nobody.get("/functions/v1/open").status()).isEqualTo(200);
    }

    @Test
    void whatWasAskedCanBeReadAndWhatIsUnknownIsCounted() throws Exception {
        bundle("hello", "export {}");
        assertThat(api.get("/v1/nonsense").status()).isEqualTo(404);

        assertThat(standIn.unknownRequests()).containsExactly("GET /v1/nonsense");
        RequestLog.Entry upload = standIn.requests().matching("POST /v1/projects/*/functions/deploy").get(0);
        assertThat(upload.partNames()).containsExactly("metadata", "index.ts");
        assertThat(upload.query()).containsEntry("bundleOnly", "true");
        assertThat(upload.headerNames()).contains("authorization");
        assertThat(upload.toString()).doesNotContain(standIn.accessToken());
    }

    private PlainClient.Answer bundle(String slug, String source) throws Exception {
        return api.deploy(REF, "slug=" + slug + "&bundleOnly=true", METADATA, Map.of("index.ts", source));
    }

    private PlainClient.Answer activate(JsonNode... functions) throws Exception {
        return api.send("PUT", PROJECT + "/functions", Json.array().addAll(List.of(functions)).toString());
    }

    private PlainClient.Answer callFunction(String slug) throws Exception {
        return PlainClient.withKey(project, project.keys().secret()).get("/functions/v1/" + slug);
    }

    private static String digest(PlainClient.Answer answer) {
        return answer.json().path("ezbr_sha256").asText();
    }
}

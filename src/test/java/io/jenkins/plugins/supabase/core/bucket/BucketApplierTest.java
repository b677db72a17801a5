package io.jenkins.plugins.supabase.core.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.config.DeclaredBucket;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.management.StorageClient;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInBuckets;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BucketApplierTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String CREATE = "POST /storage/v1/bucket";
    private static final String UPDATE = "PUT /storage/v1/bucket/*";

    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInProject project = standIn.createProject(REF);
    private final StandInBuckets platform = project.buckets();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final ManagementClient client = new ManagementClient(
            new Environment("staging", REF, standIn.managementUrl(), project.url(), null),
            new SecretText(standIn.accessToken()),
            lines::add,
            ManagementOptions.DEFAULT.withRetryFor(Duration.ofSeconds(5)));

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    private StorageClient storage() {
        return client.storage(new SecretText(project.keys().secret()));
    }

    private BucketPlan plan(DeclaredBucket... declared) throws InterruptedException {
        return BucketPlanner.plan(List.of(declared), storage().buckets());
    }

    private BucketPlan deploy(DeclaredBucket... declared) throws InterruptedException {
        BucketPlan plan = plan(declared);
        new BucketApplier(storage(), lines::add).apply(plan);
        return plan;
    }

    private static DeclaredBucket declared(String name, Boolean open, Long limit, List<String> types) {
        return new DeclaredBucket(name, open, limit, types);
    }

    @Test
    void createsAndChangesWhatIsDeclaredAndDeletesNothing() throws Exception {
        platform.create("other", true);
        platform.create("changed", false);

        deploy(declared("new one", false, 1000L, List.of("image/png")), declared("changed", true, null, null));

        assertThat(platform.names()).containsExactly("changed", "new one", "other");
        assertThat(platform.setting("new one", "public").asBoolean()).isFalse();
        assertThat(platform.setting("new one", "file_size_limit").asLong()).isEqualTo(1000);
        assertThat(platform.setting("new one", "allowed_mime_types").toString()).isEqualTo("[\"image/png\"]");
        assertThat(platform.setting("changed", "public").asBoolean()).isTrue();
        assertThat(platform.setting("changed", "file_size_limit").isNull()).isTrue();
        assertThat(lines)
                .containsExactly(
                        "Storage bucket changed changed: public = true.",
                        "Storage bucket new one created: public = false; file_size_limit = 1000 bytes; "
                                + "allowed_mime_types = image/png.");
        assertThat(plan(declared("new one", false, 1000L, List.of("image/png"))).changes()).isEmpty();
    }

    @Test
    void callsNothingWhereNothingDiffers() throws Exception {
        deploy(declared("a", false, null, null));
        BucketPlan again = plan(declared("a", false, null, null));
        standIn.requests().clear();

        new BucketApplier(storage(), lines::add).apply(again);

        assertThat(standIn.requests().entries()).isEmpty();
    }

    @Test
    void takesTheSettingsBackAndLeavesNewBuckets() throws Exception {
        deploy(declared("a", false, 1000L, List.of("image/png")), declared("b", false, null, null));
        BucketPlan plan = deploy(
                declared("a", true, 0L, List.of()),
                declared("b", true, 5L, List.of("text/css")),
                declared("c", true, 1L, null));
        List<StoredBucket> before = plan.snapshot();
        assertThat(before).extracting(StoredBucket::name).containsExactly("a", "b");

        BucketPlan back = BucketPlanner.takingBack(before, storage().buckets());
        new BucketApplier(storage(), lines::add).apply(back);

        assertThat(platform.setting("a", "public").asBoolean()).isFalse();
        assertThat(platform.setting("a", "file_size_limit").asLong()).isEqualTo(1000);
        assertThat(platform.setting("a", "allowed_mime_types").toString()).isEqualTo("[\"image/png\"]");
        assertThat(platform.setting("b", "file_size_limit").isNull()).isTrue();
        assertThat(platform.setting("b", "allowed_mime_types").isNull()).isTrue();
        assertThat(platform.names()).contains("c");
        assertThat(BucketPlanner.takingBack(before, storage().buckets()).changes()).isEmpty();
    }

    @Test
    void creatingIsNotRepeatedBlindlyWhenItsAnswerIsLost() throws Exception {
        project.faults().next(CREATE, Fault.cut());

        deploy(declared("a", true, null, null));

        assertThat(standIn.requests().count(CREATE)).isEqualTo(1);
        assertThat(platform.names()).containsExactly("a");
    }

    @Test
    void aBucketThatWasNotCreatedIsAFailure() throws Exception {
        project.faults().next(CREATE, Fault.drop());

        assertThatThrownBy(() -> deploy(declared("a", true, null, null)))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("The Storage API at " + project.url() + " lost the connection")
                .hasMessageContaining("Whether that was done is not known; deploying again finds out");
        assertThat(platform.names()).isEmpty();
        deploy(declared("a", true, null, null));
    }

    @Test
    void aBucketOfSomebodyElseIsNotTakenForOurs() throws Exception {
        BucketPlan plan = plan(declared("a", false, null, null));
        platform.create("a", true);

        assertThatThrownBy(() -> new BucketApplier(storage(), lines::add).apply(plan))
                .hasMessageContaining("refused the request (409) with \"The resource already exists\"");
    }

    @Test
    void repeatsChangesAfterPassingFailures() throws Exception {
        platform.create("a", false);
        project.faults().next(UPDATE, Fault.status(503)).next(UPDATE, Fault.cut());

        deploy(declared("a", true, null, null));

        assertThat(standIn.requests().count(UPDATE)).isEqualTo(3);
    }

    @Test
    void saysWhatIsDoneWhenALaterBucketIsRefused() throws Exception {
        platform.create("b", false);
        project.faults().always(UPDATE, Fault.body(400, "application/json",
                "{\"statusCode\":\"413\",\"error\":\"Payload too large\",\"message\":\"The limit is too large\"}"));

        assertThatThrownBy(() -> deploy(declared("a", false, null, null), declared("b", false, 9L, null)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("refused the request (413) with \"The limit is too large\"")
                .hasMessageEndingWith("Storage buckets that were created or changed before that stay so: a.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWrongKeyIsSaidWithoutShowingIt(boolean publishable) {
        String key = publishable ? project.keys().publishable() : "sb_secret_of_another_project";

        assertThatThrownBy(() -> client.storage(new SecretText(key)).buckets())
                .hasMessageContaining(
                        publishable ? "lacks the permission service_role (403)" : "rejected the secret API key")
                .hasMessageContaining("apiKeyCredentialsId")
                .hasMessageNotContaining(key);
    }

    @Test
    void theLegacyKeyIsSentAsATokenToo() throws Exception {
        client.storage(new SecretText(project.keys().serviceRole())).buckets();
        storage().buckets();

        assertThat(standIn.requests().entries().get(0).headerNames()).contains("apikey", "authorization");
        assertThat(standIn.requests().entries().get(1).headerNames())
                .contains("apikey")
                .doesNotContain("authorization");
    }

    @Test
    void withoutACredentialTheManagementApiTellsTheKey() throws Exception {
        assertThat(client.secretKey()).isEqualTo(new SecretText(project.keys().secret()));
        assertThat(client.storage(client.secretKey()).buckets()).isEmpty();
        assertThatThrownBy(() -> client.storage(null).buckets())
                .hasMessageContaining("has no secret API key, which every call of the Storage API needs")
                .hasMessageContaining("apiKeyCredentialsId");
        assertThat(client.calls()).isEqualTo(3);
    }
}

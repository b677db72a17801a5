package io.jenkins.plugins.supabase.core.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.bucket.BucketChange.Setting;
import io.jenkins.plugins.supabase.core.config.DeclaredBucket;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketPlannerTest {
    private static StoredBucket stored(String name, boolean open, Long limit, String... types) {
        return new StoredBucket(name, name, open, limit, types.length == 0 ? null : List.of(types));
    }

    private static DeclaredBucket declared(String name, Boolean open, Long limit, String... types) {
        return new DeclaredBucket(name, open, limit, types.length == 0 ? null : List.of(types));
    }

    private static List<BucketChange> changes(List<DeclaredBucket> declared, StoredBucket... live) {
        return BucketPlanner.plan(declared, List.of(live)).changes();
    }

    @Test
    void aNewBucketIsPrivateUnlessItSaysOtherwise() {
        assertThat(changes(List.of(declared("b", null, null), declared("a", true, 100L, "image/png"))))
                .containsExactly(
                        new BucketChange("a", true, List.of(
                                new Setting("public", null, "true"),
                                new Setting("file_size_limit", null, "100 bytes"),
                                new Setting("allowed_mime_types", null, "image/png"))),
                        new BucketChange("b", true, List.of(new Setting("public", null, "false"))));
    }

    @Test
    void onlyWhatIsDeclaredIsCompared() {
        StoredBucket live = stored("a", true, 100L, "image/png");

        assertThat(changes(List.of(declared("a", null, null)), live)).isEmpty();
        assertThat(changes(List.of(declared("a", true, 100L, "image/png")), live)).isEmpty();
        assertThat(changes(List.of(), live)).as("never deleted").isEmpty();
    }

    @Test
    void saysWhatDiffers() {
        StoredBucket live = stored("a", true, 100L, "image/png", "image/jpeg");
        DeclaredBucket all = new DeclaredBucket("a", false, 0L, List.of());

        assertThat(changes(List.of(all), live))
                .containsExactly(new BucketChange("a", false, List.of(
                        new Setting("public", "true", "false"),
                        new Setting("file_size_limit", "100 bytes", "no limit"),
                        new Setting("allowed_mime_types", "image/jpeg, image/png", "every type"))));
        assertThat(changes(List.of(declared("a", null, null, "image/jpeg", "image/png")), live))
                .as("in any order")
                .isEmpty();
    }

    @Test
    void noLimitIsNoLimitHoweverItIsWritten() {
        assertThat(changes(List.of(new DeclaredBucket("a", null, 0L, List.of())), stored("a", false, null))).isEmpty();
        assertThat(changes(List.of(new DeclaredBucket("a", false, 0L, List.of()))))
                .containsExactly(new BucketChange("a", true, List.of(new Setting("public", null, "false"))));
    }

    @Test
    void anExistingBucketThatEverybodyCouldReadIsAWeakening() {
        BucketPlan plan = BucketPlanner.plan(
                List.of(declared("opened", true, null), declared("fresh", true, null), declared("closed", false, null)),
                List.of(stored("opened", false, null), stored("closed", true, null)));

        assertThat(plan.opened()).containsExactly("opened");
        assertThat(plan.changes()).filteredOn(BucketChange::opens).extracting(BucketChange::policyKey)
                .containsExactly("storage.buckets.opened.public");
    }

    @Test
    void namesEveryDeclarationThatStorageWouldRefuse() {
        List<DeclaredBucket> wrong = List.of(
                declared("a/b", null, null),
                declared("x".repeat(101), null, null),
                declared("size", null, -1L),
                declared("type", null, null, "png", "image/*"));

        assertThatThrownBy(() -> BucketPlanner.plan(wrong, List.of()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("[storage.buckets.a/b] is no name that Storage takes")
                .hasMessageContaining("[storage.buckets.size] has a negative file_size_limit")
                .hasMessageContaining("allows \"png\", which is not of the form")
                .hasMessageNotContaining("image/*\"")
                .hasMessageEndingWith("Nothing was changed. Correct config.toml.");
    }
}

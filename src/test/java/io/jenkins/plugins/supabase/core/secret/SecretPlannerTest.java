package io.jenkins.plugins.supabase.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.secret.SecretChange.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPlannerTest {
    private static final String DIGEST_OF_BLUE = "16477688c0e00699c6cfa4497a3612d7e83c532062b64b250fed8908128ed548";

    private static StoredSecret stored(String name, String digest) {
        return new StoredSecret(name, digest, "2026-11-01T10:00:00Z");
    }

    private static WantedSecret wanted(String name, String value) {
        return new WantedSecret(name, "id-" + name, new SecretText(value));
    }

    private static SecretPlan plan(List<WantedSecret> wanted, List<StoredSecret> live, boolean prune) {
        return SecretPlanner.plan(wanted, live, List.of(), prune);
    }

    @Test
    void comparesByDigest() {
        SecretPlan plan = plan(
                List.of(wanted("SAME", "blue"), wanted("OTHER", "red"), wanted("FRESH", "green")),
                List.of(stored("SAME", DIGEST_OF_BLUE), stored("OTHER", DIGEST_OF_BLUE), stored("OLD", DIGEST_OF_BLUE)),
                false);

        assertThat(plan.changes())
                .containsExactly(
                        new SecretChange("FRESH", Kind.NEW, "id-FRESH"),
                        new SecretChange("OLD", Kind.EXTRA, null),
                        new SecretChange("OTHER", Kind.CHANGED, "id-OTHER"),
                        new SecretChange("SAME", Kind.UNCHANGED, "id-SAME"));
    }

    @Test
    void aDigestInCapitalsIsTheSame() {
        assertThat(plan(List.of(wanted("A", "blue")), List.of(stored("A", DIGEST_OF_BLUE.toUpperCase())), false)
                        .changes())
                .extracting(SecretChange::kind)
                .containsExactly(Kind.UNCHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "****", "blue"})
    void whatIsNoDigestProvesNothing(String shown) {
        assertThat(plan(List.of(wanted("A", "blue")), List.of(stored("A", shown)), false).changes())
                .extracting(SecretChange::kind)
                .containsExactly(Kind.CHANGED);
    }

    @Test
    void prunesWhatNobodyAsksForButNeverThePlatformsOwn() {
        List<StoredSecret> live = List.of(stored("OLD", DIGEST_OF_BLUE), stored("SUPABASE_DB_URL", DIGEST_OF_BLUE));

        assertThat(plan(List.of(), live, true).changes())
                .containsExactly(new SecretChange("OLD", Kind.REMOVE, null));
        assertThat(plan(List.of(), live, false).changes()).containsExactly(new SecretChange("OLD", Kind.EXTRA, null));
    }

    @Test
    void namesEverySecretThatCannotBeSetAndNoValue() {
        List<WantedSecret> wanted = List.of(
                wanted("SUPABASE_URL", "canary-one"),
                wanted("WITH SPACE", "canary-two"),
                wanted("A=B", "canary-three"),
                wanted("", "canary-four"),
                wanted("N".repeat(257), "canary-five"),
                wanted("EMPTY", ""),
                wanted("LONG", "canary".repeat(5000)));

        assertThatThrownBy(() -> plan(wanted, List.of(), false))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("The secret SUPABASE_URL cannot be set: names that begin with SUPABASE_")
                .hasMessageContaining("\"WITH SPACE\"")
                .hasMessageContaining("\"A=B\"")
                .hasMessageContaining("\"\" has a name that no environment variable can have")
                .hasMessageContaining("more than 256 characters")
                .hasMessageContaining("EMPTY has no value: the credential id-EMPTY is empty")
                .hasMessageContaining("LONG is longer than the 24576 characters")
                .hasMessageEndingWith("Nothing was changed.")
                .hasMessageNotContaining("canary")
                .hasMessageNotContaining("\n");
    }

    @Test
    void takesTheLongestNameAndValueThatThePlatformTakes() {
        List<WantedSecret> wanted =
                List.of(wanted("N".repeat(256), "\uD83D\uDE00".repeat(24_576)), wanted("supabase_x", "1"));

        assertThat(plan(wanted, List.of(), false).changes()).extracting(SecretChange::kind).containsOnly(Kind.NEW);
    }

    @Test
    void saysWhatSomebodyElseChangedSinceTheLastDeployment() {
        List<RecordedSecret> recorded = List.of(
                new RecordedSecret("SAME", "x", "2026-11-01T10:00:00Z"),
                new RecordedSecret("LATER", "x", "2026-10-01T10:00:00Z"),
                new RecordedSecret("GONE", "x", "2026-11-01T10:00:00Z"),
                new RecordedSecret("UNKNOWN", "x", null));
        List<StoredSecret> live = List.of(
                stored("SAME", DIGEST_OF_BLUE), stored("LATER", DIGEST_OF_BLUE), stored("UNKNOWN", DIGEST_OF_BLUE));

        assertThat(SecretPlanner.plan(List.of(), live, recorded, false).changedOutside())
                .containsExactly(
                        new SecretDrift("GONE", "It was deleted since the last deployment."),
                        new SecretDrift(
                                "LATER",
                                "It was set by other ways on 2026-11-01T10:00:00Z, after the last deployment."));
    }

    @Test
    void nothingThatIsPrintedHoldsAValueOrADigest() {
        SecretPlan plan = plan(List.of(wanted("A", "blue")), List.of(stored("B", DIGEST_OF_BLUE)), false);

        assertThat(plan.toString() + plan.changes() + plan.wanted() + plan.live())
                .doesNotContain("blue")
                .doesNotContain(DIGEST_OF_BLUE);
    }
}

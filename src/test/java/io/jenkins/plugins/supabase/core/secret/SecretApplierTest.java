package io.jenkins.plugins.supabase.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.secret.SecretChange.Kind;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SecretApplierTest extends SecretFixture {
    @Test
    void setsWhatDiffersAndLeavesTheRest() throws Exception {
        deploy(wanted("A", "one"), wanted("B", "two"), wanted("EXTRA", "stays"));
        standIn.requests().clear();

        List<RecordedSecret> record = deploy(wanted("A", "one"), wanted("B", "changed"), wanted("C", "new"));

        assertThat(platform.names()).containsExactly("A", "B", "C", "EXTRA");
        assertThat(platform.value("B")).hasValue("changed");
        assertThat(lines).last().isEqualTo("2 secrets set: B, C.");
        assertThat(standIn.requests().count(SET)).isEqualTo(1);
        assertThat(record).extracting(RecordedSecret::name).containsExactly("A", "B", "C");
        assertThat(record).extracting(RecordedSecret::credentialsId).containsExactly(
                "credential-of-A", "credential-of-B", "credential-of-C");
        assertThat(record).allMatch(secret -> secret.updatedAt() != null);
        assertThat(SecretPlanner.plan(List.of(), live(), record, false).changedOutside()).isEmpty();
    }

    @Test
    void callsNothingWhereNothingDiffers() throws Exception {
        deploy(wanted("A", "one"));
        SecretPlan again = plan(false, wanted("A", "one"));
        standIn.requests().clear();

        assertThat(apply(again)).extracting(RecordedSecret::name).containsExactly("A");

        assertThat(standIn.requests().entries()).isEmpty();
    }

    @Test
    void deletesWhatIsPruned() throws Exception {
        deploy(wanted("A", "one"), wanted("B", "two"));

        apply(plan(true, wanted("A", "one")));

        assertThat(platform.names()).containsExactly("A");
        assertThat(lines).last().isEqualTo("1 secret deleted: B.");
    }

    @Test
    void sendsNoMoreThanAHundredAtOnce() throws Exception {
        WantedSecret[] many = IntStream.range(0, 201)
                .mapToObj(i -> wanted("S%03d".formatted(i), "value " + i))
                .toArray(WantedSecret[]::new);

        deploy(many);

        assertThat(platform.names()).hasSize(201);
        assertThat(platform.value("S200")).hasValue("value 200");
        assertThat(standIn.requests().count(SET)).isEqualTo(3);
        apply(plan(true));
        assertThat(platform.names()).isEmpty();
        assertThat(standIn.requests().count(DELETE)).isEqualTo(3);
    }

    @Test
    void goesOnWhenTheAnswerIsLost() throws Exception {
        standIn.faults().next(SET, Fault.cut());

        deploy(wanted("A", "one"));

        assertThat(platform.value("A")).hasValue("one");
    }

    @Test
    void namesWhatIsNotSetAlthoughItWasAccepted() throws Exception {
        standIn.faults().next(SET, Fault.body(201, "application/json", ""));

        assertThatThrownBy(() -> deploy(wanted("A", "canary")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("accepted the change of 1 secret, but 1 of them")
                .hasMessageContaining("A (not listed)")
                .hasMessageContaining("Deploy again");

        standIn.faults().next(DELETE, Fault.body(200, "application/json", ""));
        deploy(wanted("A", "canary"));
        assertThatThrownBy(() -> apply(plan(true))).hasMessageContaining("A (still listed)");
    }

    @Test
    void aRefusalShowsNothingOfWhatWasSent() {
        standIn.faults().next(SET, Fault.status(400, "value \"canary-4711\" is not good"));

        assertThatThrownBy(() -> deploy(wanted("A", "canary-4711")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("refused the request (400)")
                .satisfies(failure -> {
                    StringWriter text = new StringWriter();
                    failure.printStackTrace(new PrintWriter(text));
                    assertThat(text.toString()).doesNotContain("canary");
                });
        assertThat(lines).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void takesBackWhatADeploymentDid() throws Exception {
        deploy(wanted("A", "one"), wanted("B", "two"), wanted("HAND", "made"), wanted("OLD", "kept"));
        var before = live();
        SecretPlan plan = plan(true, wanted("A", "changed"), wanted("B", "two"), wanted("FRESH", "x"));
        apply(plan);
        assertThat(platform.names()).containsExactly("A", "B", "FRESH");

        SecretRestore restore = SecretRestore.plan(
                plan.changes(),
                List.of(wanted("A", "one"), wanted("B", "two"), wanted("OLD", "rotated")),
                before,
                live());

        assertThat(restore.plan().changes())
                .containsExactly(
                        new SecretChange("A", Kind.CHANGED, "credential-of-A"),
                        new SecretChange("FRESH", Kind.REMOVE, null),
                        new SecretChange("OLD", Kind.NEW, "credential-of-OLD"));
        assertThat(restore.lost()).containsExactly("HAND");
        assertThat(restore.altered()).containsExactly("OLD");
        assertThat(restore.warnings()).hasSize(2);
        assertThat(restore.warnings().get(0)).contains("Cannot be restored").contains("HAND");
        assertThat(restore.warnings().get(1)).contains("OLD").doesNotContain("rotated");

        apply(restore.plan());
        assertThat(platform.names()).containsExactly("A", "B", "OLD");
        assertThat(platform.value("A")).hasValue("one");
        assertThat(platform.value("OLD")).hasValue("rotated");
        assertThat(SecretRestore.plan(plan.changes(), List.of(wanted("A", "one")), before, live()).plan().changes())
                .extracting(SecretChange::kind)
                .containsExactly(Kind.UNCHANGED);
    }
}

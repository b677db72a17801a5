package io.jenkins.plugins.supabase.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SingleApprovalTest {
    private static final Quorum ONE = new Quorum(1, List.of("group:managers"), List.of());
    private static final Quorum TWO = new Quorum(2, List.of("group:managers"), List.of());
    private static final GateRules SIMPLE = GateRules.NONE.withQuorum(ONE);

    private static String whyNever(GateRules gate) {
        return SingleApproval.whyNever(gate, GateRules.NONE, false).orElse(null);
    }

    @Test
    void oneOfSomePeopleIsOneAnswer() {
        assertThat(whyNever(SIMPLE)).isNull();
        assertThat(whyNever(GateRules.NONE)).as("nobody is asked").isNull();
        assertThat(whyNever(GateRules.NONE.withQuorum(new Quorum(1, List.of(), List.of())))).isNull();
    }

    @Test
    void whateverTakesMoreThanOneAnswerIsTold() {
        assertThat(whyNever(GateRules.NONE.withQuorum(TWO))).isEqualTo("it asks for 2 approvals of group:managers");
        assertThat(whyNever(GateRules.NONE.withQuorum(new Quorum(0, List.of(), List.of("dba")))))
                .startsWith("it asks for one from each of some groups: 1 approval, one from each of dba");
        assertThat(whyNever(SIMPLE.withAllowStarter(false))).isEqualTo("whoever started the build may not approve");
        assertThat(whyNever(SIMPLE.withAllowAuthor(false)))
                .isEqualTo("an author of the release's commits may not approve");
        assertThat(whyNever(GateRules.DEFAULT)).isEqualTo("whoever started the build may not approve");
    }

    @Test
    void aJenkinsfileThatAsksForMoreCountsToo() {
        GateRules more = GateRules.NONE.withQuorum(new Quorum(2, List.of(), List.of()));
        GateRules others = GateRules.NONE.withQuorum(new Quorum(1, List.of("group:dba"), List.of()));

        assertThat(SingleApproval.whyNever(SIMPLE, more, false)).contains("it asks for 2 approvals of group:managers");
        assertThat(SingleApproval.whyNever(SIMPLE, others, false))
                .hasValueSatisfying(why -> assertThat(why).startsWith("it asks several circles of people: "));
    }

    @Test
    void aBranchThatAsksForOneIsReasonToWaitForThePlan() {
        GateRules gate = GateRules.NONE.withQuorum(TWO).withBranches(List.of(
                BranchRule.of("main"), new BranchRule(List.of("hotfix/*"), List.of(ONE), null, null)));

        assertThat(whyNever(gate)).isNull();
        assertThat(SingleApproval.whyNot(new BallotRules(gate.on("main").orElseThrow(), List.of(), List.of())))
                .isPresent();
        assertThat(whyNever(gate.withBranches(List.of(BranchRule.of("main"))))).contains("2 approvals");
    }

    @Test
    void anEmergencyAsksForFewer() {
        GateRules gate = GateRules.NONE.withQuorum(TWO).withEmergency(EmergencyRule.DEFAULT);

        assertThat(SingleApproval.whyNever(gate, GateRules.NONE, true)).isEmpty();
        assertThat(SingleApproval.whyNever(gate, GateRules.NONE, false)).isPresent();
    }
}

package io.jenkins.plugins.supabase.core.promotion;

import static io.jenkins.plugins.supabase.core.promotion.RefusedDecision.Reason.AUTHOR;
import static io.jenkins.plugins.supabase.core.promotion.RefusedDecision.Reason.EXPIRED;
import static io.jenkins.plugins.supabase.core.promotion.RefusedDecision.Reason.NOT_LISTED;
import static io.jenkins.plugins.supabase.core.promotion.RefusedDecision.Reason.NO_REASON;
import static io.jenkins.plugins.supabase.core.promotion.RefusedDecision.Reason.SETTLED;
import static io.jenkins.plugins.supabase.core.promotion.RefusedDecision.Reason.STALE_PLAN;
import static io.jenkins.plugins.supabase.core.promotion.RefusedDecision.Reason.STARTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BallotTest {
    private static final Instant NOW = Instant.parse("2026-11-24T13:00:00Z");
    private static final String PLAN = "a".repeat(64);
    private static final Voter ADA = Voter.of("ada", "dba");
    private static final Voter BOB = Voter.of("bob", "security");
    private static final Voter EVE = Voter.of("eve", "dba", "security");
    private static final Quorum TWO = new Quorum(2, List.of("ada", "bob", "eve"), List.of());

    private static Ballot ballot(Quorum... quorums) {
        return ballot(GateRules.DEFAULT.withQuorums(List.of(quorums)));
    }

    private static Ballot ballot(GateRules rules) {
        BallotRules who = new BallotRules(rules, List.of("starter"), List.of("Grace Hopper <grace@navy.test>"));
        return Ballot.open(who, PLAN, NOW.plus(Duration.ofHours(1)));
    }

    private static Decision yes(Voter voter) {
        return Decision.approve(voter, "", PLAN, NOW);
    }

    private static RefusedDecision refused(Ballot ballot, Decision decision) {
        return catchThrowableOfType(RefusedDecision.class, () -> ballot.with(decision));
    }

    @Test
    void isApprovedWhenTheLastOfThoseNeededHasSaidYes() {
        Ballot one = ballot(TWO).with(yes(ADA));
        Ballot both = one.with(yes(BOB));

        assertThat(one.state(NOW)).isEqualTo(Ballot.State.OPEN);
        assertThat(one.missing()).containsExactly("1 more approval of ada, bob, eve");
        assertThat(both.state(NOW)).isEqualTo(Ballot.State.APPROVED);
        assertThat(both.missing()).isEmpty();
    }

    @Test
    void sayingItTwiceCountsOnce() {
        Ballot twice = ballot(TWO).with(yes(ADA)).with(Decision.approve(ADA, "again", PLAN, NOW.plusSeconds(5)));

        assertThat(twice.decisions()).hasSize(1);
        assertThat(twice.state(NOW)).isEqualTo(Ballot.State.OPEN);
    }

    @Test
    void oneUserInAnotherSpellingIsOneUser() {
        Quorum anybody = new Quorum(2, List.of(), List.of());

        Ballot twice = ballot(anybody).with(yes(Voter.of("ada"))).with(yes(Voter.of("Ada")));

        assertThat(twice.state(NOW)).isEqualTo(Ballot.State.OPEN);
    }

    @Test
    void nobodyApprovesWhatTheyStarted() {
        assertThat(refused(ballot(new Quorum(1, List.of(), List.of())), yes(Voter.of("starter"))).reason())
                .isEqualTo(STARTER);
        assertThat(refused(ballot(new Quorum(1, List.of(), List.of())), yes(Voter.of("STARTER"))).reason())
                .isEqualTo(STARTER);
        assertThat(ballot(GateRules.DEFAULT.withAllowStarter(true)).with(yes(Voter.of("starter"))).state(NOW))
                .isEqualTo(Ballot.State.APPROVED);
    }

    @Test
    void nobodyApprovesTheirOwnCommits() {
        Voter byMail = new Voter("gh", "G. H.", Set.of("Grace@Navy.test"), Set.of());
        Voter byName = new Voter("gh", "Grace Hopper", Set.of(), Set.of());
        Voter byId = Voter.of("grace");

        for (Voter author : List.of(byMail, byName, byId)) {
            RefusedDecision refusal = refused(ballot(new Quorum(1, List.of(), List.of())), yes(author));
            assertThat(refusal.reason()).isEqualTo(AUTHOR);
            assertThat(refusal).hasMessageContaining("Grace Hopper <grace@navy.test>");
        }
        assertThat(ballot(GateRules.DEFAULT.withAllowAuthor(true)).with(yes(byId)).state(NOW))
                .isEqualTo(Ballot.State.APPROVED);
    }

    @Test
    void whoIsNotListedIsRefusedWhateverElseTheyMayDo() {
        RefusedDecision refusal = refused(ballot(TWO), yes(Voter.of("admin", "administrators")));

        assertThat(refusal.reason()).isEqualTo(NOT_LISTED);
        assertThat(refusal).hasMessageContaining("ada, bob, eve");
        assertThat(refused(ballot(TWO), Decision.reject(Voter.of("admin"), "no", PLAN, NOW)).reason())
                .isEqualTo(NOT_LISTED);
    }

    @Test
    void aGroupIsListedByItsName() {
        assertThat(ballot(new Quorum(1, List.of("dba"), List.of())).with(yes(ADA)).state(NOW))
                .isEqualTo(Ballot.State.APPROVED);
        assertThat(refused(ballot(new Quorum(1, List.of("dba"), List.of())), yes(BOB)).reason()).isEqualTo(NOT_LISTED);
    }

    @Test
    void nobodyStandsForTwoGroups() {
        Quorum each = new Quorum(0, List.of(), List.of("dba", "security"));

        assertThat(ballot(each).with(yes(EVE)).state(NOW)).isEqualTo(Ballot.State.OPEN);
        assertThat(ballot(each).with(yes(EVE)).with(yes(ADA)).state(NOW)).isEqualTo(Ballot.State.APPROVED);
        assertThat(ballot(each).with(yes(EVE)).with(yes(BOB)).state(NOW)).isEqualTo(Ballot.State.APPROVED);
        assertThat(ballot(each).with(yes(ADA)).with(yes(Voter.of("zoe", "dba"))).missing())
                .containsExactly("an approval of the group security");
    }

    @Test
    void aNumberAndGroupsAreNeededTogether() {
        Ballot ballot = ballot(new Quorum(3, List.of("carl"), List.of("dba", "security")));

        assertThat(ballot.missing())
                .containsExactly(
                        "an approval of the group dba",
                        "an approval of the group security",
                        "1 more approval of carl, dba, security");
        assertThat(ballot.with(yes(ADA)).with(yes(BOB)).with(yes(Voter.of("carl"))).state(NOW))
                .isEqualTo(Ballot.State.APPROVED);
    }

    @Test
    void aRejectionEndsItAndNeedsAReason() {
        assertThat(refused(ballot(TWO), Decision.reject(ADA, " ", PLAN, NOW)).reason()).isEqualTo(NO_REASON);

        Ballot rejected = ballot(TWO).with(yes(ADA)).with(Decision.reject(ADA, "wrong day", PLAN, NOW));

        assertThat(rejected.state(NOW)).isEqualTo(Ballot.State.REJECTED);
        assertThat(refused(rejected, yes(BOB)).reason()).isEqualTo(SETTLED);
        assertThat(refused(rejected, yes(BOB)))
                .hasMessageContaining("rejected by ada")
                .hasMessageContaining("wrong day");
        assertThat(rejected.with(Decision.reject(ADA, "wrong day", PLAN, NOW))).isSameAs(rejected);
    }

    @Test
    void whatIsSettledStaysSettled() {
        Ballot approved = ballot(TWO).with(yes(ADA)).with(yes(BOB));

        assertThat(refused(approved, yes(EVE)).reason()).isEqualTo(SETTLED);
        assertThat(refused(approved, Decision.reject(ADA, "on second thoughts", PLAN, NOW)).reason())
                .isEqualTo(SETTLED);
        assertThat(approved.with(yes(BOB))).isSameAs(approved);
    }

    @Test
    void aDecisionOnAnotherPlanDoesNotCount() {
        RefusedDecision refusal = refused(ballot(TWO), Decision.approve(ADA, "", "b".repeat(64), NOW));

        assertThat(refusal.reason()).isEqualTo(STALE_PLAN);
        assertThat(refusal).hasMessageContaining("bbbbbbbbbbbb").hasMessageContaining("aaaaaaaaaaaa");
    }

    @Test
    void nothingCountsAfterItExpired() {
        Ballot one = ballot(TWO).with(yes(ADA));
        Instant end = NOW.plus(Duration.ofHours(1));

        assertThat(one.state(end.minusMillis(1))).isEqualTo(Ballot.State.OPEN);
        assertThat(one.state(end)).isEqualTo(Ballot.State.EXPIRED);
        assertThat(refused(one, Decision.approve(BOB, "", PLAN, end)).reason()).isEqualTo(EXPIRED);
        assertThat(one.with(yes(BOB)).state(end.plusSeconds(1))).isEqualTo(Ballot.State.APPROVED);
    }

    @Test
    void voidedItCountsForNothing() {
        Ballot voided = ballot(TWO).with(yes(ADA)).with(yes(BOB)).voided("auth.site_url was changed");

        assertThat(voided.state(NOW)).isEqualTo(Ballot.State.VOIDED);
        assertThat(refused(voided, yes(EVE))).hasMessageContaining("auth.site_url was changed");
    }

    @Test
    void whereNobodyNeedsToApproveItIsApproved() {
        assertThat(ballot().state(NOW)).isEqualTo(Ballot.State.APPROVED);
        assertThat(ballot(Quorum.NONE).state(NOW)).isEqualTo(Ballot.State.APPROVED);
    }

    @Test
    void tellsBeforehandWhetherADecisionWouldCount() {
        assertThat(ballot(TWO).refusal(ADA, NOW)).isEmpty();
        assertThat(ballot(TWO).refusal(Voter.of("admin"), NOW))
                .get()
                .extracting(RefusedDecision::reason)
                .isEqualTo(NOT_LISTED);
        assertThat(ballot(TWO).refusal(ADA, NOW.plus(Duration.ofHours(2))))
                .get()
                .extracting(RefusedDecision::reason)
                .isEqualTo(EXPIRED);
    }

    @Test
    void survivesARestart() throws Exception {
        Ballot before = ballot(TWO).with(yes(ADA));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(before);
        }

        Ballot after;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            after = (Ballot) in.readObject();
        }

        assertThat(after.decisions().get(0).describe()).isEqualTo(before.decisions().get(0).describe());
        assertThat(after.with(yes(ADA)).decisions()).hasSize(1);
        assertThat(after.with(yes(BOB)).state(NOW)).isEqualTo(Ballot.State.APPROVED);
        assertThat(refused(after, yes(Voter.of("starter"))).reason()).isEqualTo(STARTER);
    }
}

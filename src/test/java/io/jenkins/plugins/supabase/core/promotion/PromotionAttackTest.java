package io.jenkins.plugins.supabase.core.promotion;

import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.BOB;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.EVE;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.STARTER;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.both;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult.Outcome;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an attacker would try. */
class PromotionAttackTest extends StagedRelease {
    @Test
    void aBundleThatWasChangedInTheStoreIsRefused() throws Exception {
        PlannedPromotion planned = app.plan();
        app.production.deploy();
        byte[] bytes = Files.readAllBytes(app.bundle(digest));
        bytes[bytes.length / 2] ^= 1;
        Files.write(app.bundle(digest), bytes);

        assertThatThrownBy(() -> app.apply(planned, both(planned)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(digest)
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> app.plan()).isInstanceOf(DeliveryException.class).hasMessageContaining(digest);
        assertThat(app.production.events("promotion.%"))
                .contains("promotion.refused")
                .doesNotContain("promotion.applied");
    }

    private void assertClosed(PromotionResult result, String evidence) throws Exception {
        assertThat(result.outcome()).isEqualTo(Outcome.GATE_CLOSED);
        assertThat(result.message()).contains(evidence).contains("Nothing was changed");
        assertThat(app.production.runs()).isNull();
        assertThat(app.production.events("promotion.%")).endsWith("promotion.refused");
        assertThat(app.production.database.query("select to_regclass('public.polls')::text"))
                .containsExactly((String) null);
    }

    @Test
    void decisionsAreCountedAnewWhateverTheBuildSays() throws Exception {
        PlannedPromotion planned = app.plan();
        Voter starter = Voter.of(STARTER);
        Voter stranger = Voter.of("admin", "administrators");
        Decision stale = Decision.approve(EVE, "", "0".repeat(64), Instant.now());

        assertClosed(app.apply(planned), "Missing: 2 more approvals");
        assertClosed(app.apply(planned, yes(BOB, planned), yes(BOB, planned)), "Missing: 1 more approval");
        assertClosed(app.apply(planned, yes(BOB, planned), yes(starter, planned)), "starter started this build");
        assertClosed(app.apply(planned, yes(BOB, planned), yes(stranger, planned)), "admin is none of those who");
        assertClosed(app.apply(planned, yes(BOB, planned), stale), "This decision is on the plan 000000000000");
        assertClosed(
                app.apply(planned, yes(BOB, planned), Decision.reject(EVE, "no", planned.planDigest(), Instant.now())),
                "rejected by eve");
    }

    @Test
    void rulesThatBecameStricterWhileItWaitedHold() throws Exception {
        app.gate = app.gate.withQuorum(new Quorum(1, List.of("managers"), List.of()));
        PlannedPromotion planned = app.plan();
        assertThat(planned.ballot(Instant.now()).with(yes(BOB, planned)).state(Instant.now()))
                .isEqualTo(Ballot.State.APPROVED);
        app.gate = app.gate.withQuorum(new Quorum(2, List.of("managers"), List.of()));

        assertClosed(app.apply(planned, yes(BOB, planned)), "Missing: 1 more approval of managers");
    }

    @Test
    void aJenkinsfileThatAsksForFewerApprovalsGetsNoFewer() throws Exception {
        app.asked = GateRules.NONE.withQuorum(new Quorum(1, List.of(), List.of()));
        PlannedPromotion planned = app.plan();

        assertThat(planned.ballot(Instant.now()).missing()).containsExactly("2 more approvals of managers, starter");
        assertClosed(app.apply(planned, yes(BOB, planned)), "Missing: 1 more approval");
    }

    @Test
    void approvalsOfAnotherPromotionAreNoUse() throws Exception {
        PlannedPromotion planned = app.plan();
        app.emergency = "pretended";

        assertThatThrownBy(() -> app.apply(planned, both(planned)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("is another promotion than this one");
    }

    @Test
    void aFreezeThatBeganWhileItWaitedHolds() throws Exception {
        app.gate = app.gate.withFreezes(
                List.of(new FreezeSettings("fri", "18:00", "08:00", "mon", "UTC", "weekend").toFreeze()));
        app.clock = Clock.fixed(Instant.parse("2026-11-27T17:59:00Z"), ZoneOffset.UTC);
        PlannedPromotion planned = app.plan();
        assertThat(planned.refusal()).isEmpty();
        assertThat(planned.gate().of(Condition.FREEZE).orElseThrow().evidence()).contains("in 1 min");
        app.clock = Clock.fixed(Instant.parse("2026-11-27T18:01:00Z"), ZoneOffset.UTC);

        assertClosed(app.apply(planned, both(planned)), "The next free time is Mon 2026-11-30 08:00 UTC, in 2 d 13 h");
    }
}

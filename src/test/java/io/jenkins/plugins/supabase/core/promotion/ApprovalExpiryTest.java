package io.jenkins.plugins.supabase.core.promotion;

import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.both;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.promotion.PromotionResult.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Approvals that came in time, and a build that could not begin in time. */
class ApprovalExpiryTest extends StagedRelease {
    private static final Duration FOUR_DAYS = Duration.ofDays(4);

    private void later(Duration by) {
        app.clock = Clock.offset(Clock.systemUTC(), by);
    }

    @Test
    void approvalsAreVoidWhenTheirTimeIsOverBeforeItBegins() throws Exception {
        app.gate = app.gate.withExpiry(Duration.ofDays(3));
        PlannedPromotion planned = app.plan();
        Instant end = planned.ballot(planned.plannedAt()).expires().orElseThrow();
        later(FOUR_DAYS);

        PromotionResult result = app.apply(planned, both(planned));

        assertThat(result.outcome()).isEqualTo(Outcome.APPROVALS_EXPIRED);
        assertThat(result.voided()).isTrue();
        assertThat(result.message()).contains("approvals are void", "Nothing was changed");
        assertThat(result.changes()).containsExactly("The time for approvals ended at " + TimeText.of(end) + ".");
        assertThat(app.production.runs()).isNull();
        assertThat(app.production.events("promotion.%"))
                .containsExactly(
                        "promotion.requested", "promotion.approved", "promotion.approved", "promotion.voided");
        assertThat(app.production.database.query("select payload -> 'changes' ->> 0 from supabase_delivery.audit_events"
                        + " where kind = 'promotion.voided'"))
                .isEqualTo(result.changes());

        PlannedPromotion anew = app.plan();
        assertThat(app.apply(anew, both(anew)).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void lessTimeByTheRulesAsTheyAreNowCounts() throws Exception {
        app.gate = app.gate.withExpiry(null);
        PlannedPromotion planned = app.plan();
        app.gate = app.gate.withExpiry(Duration.ofHours(1));
        later(Duration.ofHours(2));

        assertThat(app.apply(planned, both(planned)).outcome()).isEqualTo(Outcome.APPROVALS_EXPIRED);
    }

    @Test
    void moreTimeByTheRulesAsTheyAreNowDoesNotCount() throws Exception {
        app.gate = app.gate.withExpiry(Duration.ofHours(1));
        PlannedPromotion planned = app.plan();
        app.gate = app.gate.withExpiry(null);
        later(Duration.ofHours(2));

        assertThat(app.apply(planned, both(planned)).outcome()).isEqualTo(Outcome.APPROVALS_EXPIRED);
    }

    @Test
    void whereNobodyNeedsToApproveNothingExpires() throws Exception {
        app.gate = app.gate.withQuorums(List.of()).withExpiry(Duration.ofHours(1));
        PlannedPromotion planned = app.plan();
        later(FOUR_DAYS);

        assertThat(app.apply(planned).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void whatHasBegunIsToldThoughTheTimeIsOver() throws Exception {
        app.gate = app.gate.withExpiry(Duration.ofDays(3));
        PlannedPromotion planned = app.plan();
        app.apply(planned, both(planned));
        later(FOUR_DAYS);

        assertThat(app.apply(planned, both(planned)).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
}

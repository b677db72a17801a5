package io.jenkins.plugins.supabase.approval;

import io.jenkins.plugins.supabase.core.promotion.Ballot;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.GateCondition;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.TimeText;
import io.jenkins.plugins.supabase.pages.TableView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** A promotion as somebody sees it at some time. */
public final class ApprovalView extends TableView {
    private final PlannedPromotion planned;
    private final ApprovalRecord record;
    private final ApprovalStatus status;
    private final String whyNotApprove;
    private final String whyNotReject;

    private ApprovalView(
            PlannedPromotion planned,
            ApprovalRecord record,
            ApprovalStatus status,
            String whyNotApprove,
            String whyNotReject) {
        this.planned = planned;
        this.record = record;
        this.status = status;
        this.whyNotApprove = whyNotApprove;
        this.whyNotReject = whyNotReject;
    }

    static ApprovalView of(Approval approval, Authentication viewer, Instant now) {
        ApprovalRecord record = approval.record();
        boolean waits = record.status() == ApprovalStatus.WAITING;
        boolean awaited = !waits || approval.run().isBuilding();
        return new ApprovalView(
                approval.planned(),
                record,
                awaited ? record.status() : ApprovalStatus.ABORTED,
                waits && awaited ? approval.whyNot(viewer, now) : null,
                waits && awaited ? approval.whyNotReject(viewer, now) : null);
    }

    public PlannedPromotion getPlanned() {
        return planned;
    }

    public ApprovalStatus getStatus() {
        return status;
    }

    /** @return for people; empty where the status says all */
    public String getMessage() {
        return record.message();
    }

    public boolean isWaiting() {
        return status == ApprovalStatus.WAITING;
    }

    /** @return whether the page will change by itself */
    public boolean isUnderWay() {
        return isWaiting() || status == ApprovalStatus.APPROVED || status == ApprovalStatus.VOIDED;
    }

    /** @return of the badge: ok, change, warning or danger */
    public String getLevel() {
        return switch (status) {
            case SUCCEEDED, UNCHANGED -> "ok";
            case WAITING, VOIDED -> "warning";
            case APPROVED -> "change";
            case REJECTED, EXPIRED, ABORTED, REFUSED, FAILED, ROLLED_BACK -> "danger";
        };
    }

    public List<GateCondition> getConditions() {
        return planned.gate().conditions();
    }

    /** @return of the badge of a condition */
    public String level(GateCondition condition) {
        return switch (condition.verdict()) {
            case PASS -> "ok";
            case FAIL, OVERRIDDEN -> "danger";
        };
    }

    public String time(Instant time) {
        return TimeText.of(time);
    }

    public Ballot getBallot() {
        return record.ballot();
    }

    public List<Decision> getDecisions() {
        return record.ballot().decisions();
    }

    public List<VoidedRound> getVoidedRounds() {
        return record.voidedRounds();
    }

    public Instant getSince() {
        return Instant.ofEpochMilli(record.sinceMillis());
    }

    /** @return null where it waits for ever */
    public Instant getExpires() {
        return record.ballot().expires().orElse(null);
    }

    public boolean isMayApprove() {
        return "".equals(whyNotApprove);
    }

    public boolean isMayReject() {
        return "".equals(whyNotReject);
    }

    /** @return why the one who looks may not approve; null where they may, and where nobody can any more */
    public String getWhyNotApprove() {
        return Optional.ofNullable(whyNotApprove).filter(why -> !why.isEmpty()).orElse(null);
    }
}

package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.plan.ReleaseSummary;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A promotion on its way from planning to applying: what approvers decide on. Holds no secret.
 *
 * <p>No record, see {@link GateCondition}.
 */
public final class PlannedPromotion implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String operationId;
    private final String from;
    private final String to;
    private final PlannedDeployment deployment;
    private final String version;
    private final String commit;
    private final String branch;
    private final String running;
    private final GateReport gate;
    private final BallotRules ballotRules;
    private final Long expiryMillis;
    private final ArrayList<String> authors;
    private final String emergency;
    private final long sourcePosition;
    private final long plannedAtMillis;
    private final long planMillis;

    PlannedPromotion(
            PromotionRequest request,
            PlannedDeployment deployment,
            GateReport gate,
            List<String> authors,
            long sourcePosition,
            Instant plannedAt,
            long planMillis) {
        Plan plan = PlanJson.read(deployment.planJson());
        ReleaseSummary release = plan.release();
        GateRules rules = Gate.rules(request, release.branch());
        this.operationId = request.operationId();
        this.from = request.from().name();
        this.to = request.to().name();
        this.deployment = deployment;
        this.version = release.version();
        this.commit = release.commit();
        this.branch = release.branch();
        this.running = plan.running() == null ? null : plan.running().version();
        this.gate = gate;
        this.ballotRules = new BallotRules(rules, request.starters(), authors);
        this.expiryMillis = rules.expiry() == null ? null : rules.expiry().toMillis();
        this.authors = new ArrayList<>(authors);
        this.emergency = request.emergency();
        this.sourcePosition = sourcePosition;
        this.plannedAtMillis = plannedAt.toEpochMilli();
        this.planMillis = planMillis;
    }

    /** @return a ballot on this plan, open from now on */
    public Ballot ballot(Instant now) {
        return Ballot.open(ballotRules, planDigest(), expiry() == null ? null : now.plus(expiry()));
    }

    /** @return how long it is waited for approvals; null for ever */
    Duration expiry() {
        return expiryMillis == null ? null : Duration.ofMillis(expiryMillis);
    }

    public String operationId() {
        return operationId;
    }

    /** @return name of the environment */
    public String from() {
        return from;
    }

    /** @return name of the environment */
    public String to() {
        return to;
    }

    /** @return what is applied in the end */
    public PlannedDeployment deployment() {
        return deployment;
    }

    /** @return see {@code PlanJson} */
    public String planJson() {
        return deployment.planJson();
    }

    public String planDigest() {
        return deployment.planDigest();
    }

    public String releaseVersion() {
        return version;
    }

    /** @return of the bundle */
    public String releaseDigest() {
        return deployment.releaseDigest();
    }

    /** @return null where none is known */
    public String commit() {
        return commit;
    }

    /** @return null where none is known */
    public String branch() {
        return branch;
    }

    /** @return version of the release that runs in the target; null where none is known */
    public String running() {
        return running;
    }

    /** @return all conditions but the approvals */
    public GateReport gate() {
        return gate;
    }

    /** @return who may decide */
    public BallotRules ballotRules() {
        return ballotRules;
    }

    /** @return of the commits that come with the release, as git writes them */
    public List<String> authors() {
        return List.copyOf(authors);
    }

    public boolean isEmergency() {
        return emergency != null;
    }

    /** @return null where it is none */
    public String emergencyReason() {
        return emergency;
    }

    /** @return number of the newest deployment in the source that may have changed anything */
    public long sourcePosition() {
        return sourcePosition;
    }

    public Instant plannedAt() {
        return Instant.ofEpochMilli(plannedAtMillis);
    }

    /** @return how long planning took */
    public long planMillis() {
        return planMillis;
    }

    /** @return for people: what is promoted, from where, to where */
    public String describe() {
        return (isEmergency() ? "EMERGENCY " : "") + "promotion of release " + version + " (sha256 "
                + Gate.shortened(releaseDigest()) + ") from " + from + " to " + to;
    }

    /** @return one paragraph on why the gate is closed; empty where it is not */
    public String refusal() {
        return gate.passes()
                ? ""
                : "The " + describe() + " was refused by the gate of " + to + ". " + gate.failures()
                        + " Nothing was changed.";
    }
}

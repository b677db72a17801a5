package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.deploy.DeploymentGuard;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.plan.ReleaseSummary;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets a promotion begin only if it is what was approved, by those who must, and if the gate is open now. */
final class PromotionGuard implements DeploymentGuard {
    private final PromotionRequest request;
    private final PlannedPromotion approved;
    private final List<Decision> decisions;
    private final Instant expires;
    private final Progress progress;
    private final Clock clock;
    private GateReport report;
    private Instant passedAt;

    /** @param expires when the time for approvals ends; null for never */
    PromotionGuard(
            PromotionRequest request,
            PlannedPromotion approved,
            List<Decision> decisions,
            Instant expires,
            Progress progress,
            Clock clock) {
        this.request = request;
        this.approved = approved;
        this.decisions = List.copyOf(decisions);
        this.expires = expires;
        this.progress = progress;
        this.clock = clock;
    }

    /** What would be done is not what was approved, or is no more. */
    static final class ApprovalsVoid extends DeliveryException {
        private static final long serialVersionUID = 1L;

        private final Outcome outcome;
        private final ArrayList<String> changes;

        ApprovalsVoid(Outcome outcome, String message, List<String> changes) {
            super(message);
            this.outcome = outcome;
            this.changes = new ArrayList<>(changes);
        }

        Outcome outcome() {
            return outcome;
        }

        List<String> changes() {
            return changes;
        }
    }

    /** A condition does not hold. */
    static final class GateClosed extends DeliveryException {
        private static final long serialVersionUID = 1L;

        GateClosed(String message) {
            super(message);
        }
    }

    @Override
    public void check(Plan now, Ledger ledger) throws InterruptedException {
        PromotionLog log = new PromotionLog(request.deployment().origin(), ledger);
        log.requested(approved);
        log.decided(approved, decisions);
        GateRules rules = Gate.rules(request, now.release().branch());
        requireInTime(rules, log);
        SourceProbe.run(request, rules, progress);
        SourceState source = SourceState.read(request);
        requireSameGround(now, source, log);
        Gate.Facts facts = new Gate.Facts(source, ledger.ask(TargetState::read), withFindings(now), clock.instant());
        report = Gate.look(request, facts).and(approvals(rules));
        progress.line("The gate of " + request.to().name() + ", looked at once more:");
        report.lines().forEach(line -> progress.line("  " + line));
        if (!report.passes()) {
            log.refused(approved, report);
            throw new GateClosed("The " + approved.describe() + " was not carried out, as the gate of " + approved.to()
                    + " is closed now. " + report.failures() + " Nothing was changed.");
        }
        passedAt = clock.instant();
    }

    /** @return null where the gate was not looked at */
    GateReport report() {
        return report;
    }

    /** @return when it let the deployment begin; null where it did not */
    Instant passedAt() {
        return passedAt;
    }

    /**
     * Whoever approved did so for the time that they were told: a build that waited longer for its agent, or for a
     * deployment before it, asks them again. Where the rules give less time by now, that counts.
     */
    private void requireInTime(GateRules rules, PromotionLog log) {
        Instant asked = expires == null ? approved.plannedAt() : expires.minus(approved.expiry());
        Instant end = Stream.of(
                        Optional.ofNullable(expires), Optional.ofNullable(rules.expiry()).map(asked::plus))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        if (!decisions.isEmpty() && !clock.instant().isBefore(end)) {
            List<String> changes = List.of("The time for approvals ended at " + TimeText.of(end) + ".");
            log.voided(approved, changes);
            throw new ApprovalsVoid(
                    Outcome.APPROVALS_EXPIRED,
                    "The " + approved.describe() + " was approved in time, but could not begin before that was over, so"
                            + " that approvals are void. Nothing was changed.",
                    changes);
        }
    }

    private void requireSameGround(Plan now, SourceState source, PromotionLog log) {
        Plan before = PlanJson.read(approved.planJson());
        List<String> changes = new ArrayList<>();
        if (!source.tenure().releaseDigest().equals(approved.releaseDigest())) {
            changes.add("running in %s: was %s (sha256 %s), is %s (sha256 %s)".formatted(
                    approved.from(), approved.releaseVersion(), Gate.shortened(approved.releaseDigest()),
                    source.tenure().releaseVersion(), Gate.shortened(source.tenure().releaseDigest())));
        }
        boolean samePlan = PlanJson.digest(now).equals(approved.planDigest());
        if (!samePlan || !Objects.equals(digest(before.running()), digest(now.running()))) {
            changes.addAll(PlanDifference.lines(before, now));
        }
        if (!changes.isEmpty()) {
            log.voided(approved, changes);
            throw new ApprovalsVoid(
                    Outcome.GROUND_MOVED,
                    "The ground moved while the " + approved.describe() + " was waiting, so that approvals are void."
                            + " Nothing was changed. The log and the promotion's page list what is not as it was"
                            + " approved.",
                    changes);
        }
    }

    private static String digest(ReleaseSummary release) {
        return release == null ? null : release.digest();
    }

    /** The same plan has the same findings; under the lock they are not looked for again. */
    private Plan withFindings(Plan now) {
        Plan before = PlanJson.read(approved.planJson());
        return new Plan(
                now.environment(), now.release(), now.running(), now.applied(), now.migrations(), now.config(),
                now.secrets(), now.buckets(), now.functions(), now.settings(), now.drift(), now.refusals(),
                before.findings(), before.trace(), before.notes());
    }

    /** Counted anew: the rules may be stricter by now, and the list of decisions came from outside. */
    private GateCondition approvals(GateRules rules) {
        BallotRules who = new BallotRules(rules, request.starters(), approved.authors());
        Ballot ballot = Ballot.open(who, approved.planDigest(), null);
        List<String> refused = new ArrayList<>();
        for (Decision decision : decisions) {
            try {
                ballot = ballot.with(decision);
            } catch (RefusedDecision e) {
                refused.add(e.getMessage());
            }
        }
        String told = ballot.decisions().stream().map(Decision::describe).collect(Collectors.joining("; "));
        String asked = "Needed: " + who.describe() + ". ";
        if (ballot.state(clock.instant()) == Ballot.State.APPROVED) {
            return GateCondition.pass(Condition.APPROVALS, asked + (told.isEmpty() ? "" : "Given: " + told + "."));
        }
        return GateCondition.fail(Condition.APPROVALS, asked
                + (ballot.missing().isEmpty() ? "" : "Missing: " + String.join(", ", ballot.missing()) + ". ")
                + (told.isEmpty() ? "" : "So far: " + told + ". ")
                + String.join(" ", refused));
    }
}

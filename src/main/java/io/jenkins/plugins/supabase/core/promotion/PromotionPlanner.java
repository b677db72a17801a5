package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.deploy.Deployer;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the release that runs in one environment, fetches that very bundle, plans it for another one and looks at the
 * gate between them. Changes nothing but the ledgers: a health check of the source, and that the promotion was asked
 * for.
 */
public final class PromotionPlanner {
    private final PromotionRequest request;
    private final Progress progress;
    private final Clock clock;

    public PromotionPlanner(PromotionRequest request, Progress progress) {
        this(request, progress, Clock.systemUTC());
    }

    PromotionPlanner(PromotionRequest request, Progress progress, Clock clock) {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * @return also where the gate is closed: see {@link PlannedPromotion#refusal()}
     * @throws DeliveryException if there is no release to promote, or its bundle is not to be had unchanged; the
     *     attempt is on record in the ledger of the target
     */
    public PlannedPromotion plan() throws InterruptedException {
        Means.require(request);
        TargetLedger ledger = new TargetLedger(request, progress);
        try {
            PlannedPromotion planned = look(ledger);
            tell(planned);
            ledger.tell(log -> {
                log.requested(planned);
                if (!planned.gate().passes()) {
                    log.refused(planned, planned.gate());
                }
            });
            return planned;
        } catch (DeliveryException e) {
            ledger.tellIfPossible(log -> log.refused(request.from().name(), e.getMessage()));
            throw e;
        }
    }

    private PlannedPromotion look(TargetLedger ledger) throws InterruptedException {
        Instant started = clock.instant();
        String digest = SourceState.read(request).tenure().releaseDigest();
        PlannedDeployment deployment = new Deployer(request.bringing(digest), progress).plan();
        Plan plan = PlanJson.read(deployment.planJson());
        SourceProbe.run(request, Gate.rules(request, plan.release().branch()), progress);
        SourceState source = SourceState.read(request);
        Instant now = clock.instant();
        GateReport report =
                Gate.look(request, new Gate.Facts(source, ledger.ask(TargetState::read), plan, now));
        return new PlannedPromotion(
                request,
                deployment,
                report,
                authors(plan),
                source.tenure().newest(),
                now,
                now.toEpochMilli() - started.toEpochMilli());
    }

    private List<String> authors(Plan plan) throws InterruptedException {
        Set<String> authors = new TreeSet<>(SourceState.authors(
                request,
                plan.release().digest(),
                plan.running() == null ? null : plan.running().digest()));
        if (plan.release().author() != null) {
            authors.add(plan.release().author());
        }
        return List.copyOf(authors);
    }

    private void tell(PlannedPromotion planned) {
        if (planned.isEmergency()) {
            progress.line("!!! EMERGENCY: " + planned.emergencyReason());
        }
        progress.line("The gate of " + planned.to() + " for the " + planned.describe() + ":");
        planned.gate().lines().forEach(line -> progress.line("  " + line));
        progress.line("  Needed: " + planned.ballotRules().describe() + ".");
    }
}

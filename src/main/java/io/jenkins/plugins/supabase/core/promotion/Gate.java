package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.plan.Drift;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.trace.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at all that a gate asks, but for approvals. Decides from what it is given and from nothing else. */
final class Gate {
    private static final int SHORT_DIGEST = 12;

    private final PromotionRequest request;
    private final Facts facts;
    private final String from;
    private final String to;
    private final List<GateCondition> conditions = new ArrayList<>();

    /**
     * What is looked at.
     *
     * @param plan     of the release for the target; its findings count
     * @param now      by the clock of the machine that asks
     */
    record Facts(SourceState source, TargetState target, Plan plan, Instant now) {}

    private Gate(PromotionRequest request, Facts facts) {
        this.request = request;
        this.facts = facts;
        this.from = request.from().name();
        this.to = request.to().name();
    }

    static GateReport look(PromotionRequest request, Facts facts) {
        return new Gate(request, facts).look();
    }

    /** @return what holds for releases of that branch; where none may be promoted, what holds for all */
    static GateRules rules(PromotionRequest request, String branch) {
        GateRules rules = request.rules().on(branch).orElseGet(request::rules);
        return request.isEmergency() ? rules.inEmergency() : rules;
    }

    private GateReport look() {
        GateRules rules = rules(request, facts.plan().release().branch());
        add(source(rules));
        add(bundle());
        add(plan());
        if (!request.rules().branches().isEmpty()) {
            add(branch());
        }
        if (!rules.soak().isZero()) {
            add(soak(rules.soak()));
        }
        if (rules.sourceHealthy()) {
            add(new SoakHealth(from, facts.source(), rules.soak()).look());
        }
        if (rules.backupMaxAge() != null) {
            add(backup(rules.backupMaxAge()));
        }
        if (rules.noDrift()) {
            add(drift());
        }
        if (rules.maxSeverity() != null) {
            add(findings(rules));
        }
        if (!rules.freezes().isEmpty()) {
            add(freeze(new Freezes(rules.freezes())));
        }
        return new GateReport(conditions);
    }

    private void add(GateCondition condition) {
        Set<Condition> overrides = request.isEmergency() ? request.gate().emergency().overrides() : Set.of();
        boolean overridden =
                condition.verdict() == GateCondition.Verdict.FAIL && overrides.contains(condition.condition());
        conditions.add(overridden ? condition.overridden() : condition);
    }

    private GateCondition source(GateRules rules) {
        var tenure = facts.source().tenure();
        if (!rules.allowsSource(from)) {
            return GateCondition.fail(Condition.SOURCE, "%s may not be promoted from %s; only from %s."
                    .formatted(to, from, rules.sources().equals(List.of(""))
                            ? "what both the gate and the Jenkinsfile name, which is nothing"
                            : String.join(", ", rules.sources())));
        }
        if (!tenure.certain()) {
            return GateCondition.fail(Condition.SOURCE, ("What runs in %s is not certain: deployment %d is %s. Let a"
                            + " deployment to it succeed, then promote.")
                    .formatted(from, tenure.newest(), tenure.state()));
        }
        return GateCondition.pass(Condition.SOURCE, "%s may be promoted from %s, where release %s runs since %s."
                .formatted(to, from, tenure.releaseVersion(), TimeText.of(tenure.since())));
    }

    /** What is fetched by its digest and does not have it is refused before anything is planned. */
    private GateCondition bundle() {
        String digest = facts.plan().release().digest();
        return digest.equals(facts.source().tenure().releaseDigest())
                ? GateCondition.pass(Condition.BUNDLE, "The bundle that was fetched has the SHA-256 %s, as the one that"
                        .formatted(digest) + " runs in " + from + ".")
                : GateCondition.fail(Condition.BUNDLE, "The bundle has the SHA-256 %s, but %s runs %s (release %s) now."
                        .formatted(digest, from, facts.source().tenure().releaseDigest(),
                                facts.source().tenure().releaseVersion()));
    }

    private GateCondition plan() {
        Plan plan = facts.plan();
        if (!plan.refusals().isEmpty()) {
            return GateCondition.fail(Condition.PLAN, String.join(" ", plan.refusals()));
        }
        String changes = plan.isEmpty()
                ? "Nothing is to be done: " + to + " is what the release says already."
                : "It can be applied: " + Count.of(plan.migrations().size(), "migration") + ", "
                        + Count.of(plan.config().size() + plan.settings().size(), "setting") + ", "
                        + Count.of((int) plan.functions().stream().filter(one -> !one.stays()).count(), "edge function")
                        + " and " + Count.of(plan.buckets().size(), "bucket") + " to change.";
        return GateCondition.pass(Condition.PLAN, changes);
    }

    private GateCondition branch() {
        String branch = facts.plan().release().branch();
        String allowed =
                request.rules().branches().stream().map(BranchRule::describe).collect(Collectors.joining(", "));
        if (branch == null) {
            return GateCondition.fail(Condition.BRANCH, "It is not known of which branch the release was built; only"
                    + " releases of " + allowed + " may be promoted. Build it where the branch is known.");
        }
        return request.rules().on(branch).isPresent()
                ? GateCondition.pass(Condition.BRANCH, "Built of " + branch + "; allowed: " + allowed + ".")
                : GateCondition.fail(Condition.BRANCH, "Built of " + branch + ", but only releases of " + allowed
                        + " may be promoted.");
    }

    private GateCondition soak(Duration wanted) {
        var tenure = facts.source().tenure();
        if (!tenure.certain()) {
            return GateCondition.fail(Condition.SOAK, "It is not certain what runs in " + from + ", so nothing soaks.");
        }
        String evidence = "Runs in %s for %s without interruption, since %s; %s are asked.".formatted(
                from, TimeText.of(tenure.length()), TimeText.of(tenure.since()), TimeText.of(wanted));
        Duration left = wanted.minus(tenure.length());
        return left.isNegative() || left.isZero()
                ? GateCondition.pass(Condition.SOAK, evidence)
                : GateCondition.fail(Condition.SOAK, evidence + " Long enough at "
                        + TimeText.of(tenure.since().plus(wanted)) + ", in " + TimeText.of(left.plusSeconds(1)) + ".");
    }

    private GateCondition backup(Duration oldest) {
        TargetState target = facts.target();
        if (target.backup() == null) {
            return GateCondition.fail(Condition.BACKUP, "No verified backup of " + to + " is on record in its"
                    + " ledger; one"
                    + " of the last " + TimeText.of(oldest) + " is asked. Take one and verify it, then promote.");
        }
        Duration age = Duration.between(target.backup().snapshotTime(), target.now());
        String evidence = ("The newest verified backup of %s, %s, is of %s, %s ago (verified %s, event %d of the audit"
                + " chain); %s are allowed.")
                .formatted(to, target.backup().id(), TimeText.of(target.backup().snapshotTime()), TimeText.of(age),
                        TimeText.of(target.backup().verifiedAt()), target.backup().seq(), TimeText.of(oldest));
        return age.compareTo(oldest) <= 0
                ? GateCondition.pass(Condition.BACKUP, evidence)
                : GateCondition.fail(Condition.BACKUP, evidence + " Take one and verify it, then promote.");
    }

    private GateCondition drift() {
        List<Drift> drift = facts.plan().drift();
        if (drift.isEmpty()) {
            return GateCondition.pass(Condition.DRIFT, facts.plan().running() == null
                    ? "Nothing was deployed to " + to + " yet, so that nothing can differ from it."
                    : "Nothing in " + to + " was changed by other ways than deployments.");
        }
        return GateCondition.fail(Condition.DRIFT, Count.of(drift.size(), "thing") + " in " + to
                + " changed by other ways than deployments: "
                + drift.stream().map(Drift::subject).collect(Collectors.joining(", "))
                + ". Take it back, or take it over with supabaseDeploy acceptDrift: true.");
    }

    private GateCondition findings(GateRules rules) {
        Plan plan = facts.plan();
        if (rules.trace() && plan.trace() == null && !plan.migrations().isEmpty()) {
            return GateCondition.fail(Condition.FINDINGS, "The gate asks for a lock trace, and none could be made: "
                    + String.join(" ", plan.notes()));
        }
        List<Finding> open = plan.findings().stream().filter(one -> one.waiver() == null).toList();
        List<Finding> above = open.stream()
                .filter(one -> one.severity().compareTo(rules.maxSeverity()) > 0)
                .toList();
        String most = rules.maxSeverity().name().toLowerCase(Locale.ROOT);
        String counts = "%s in the plan, %d waived; %d above %s, which is the most that is allowed.".formatted(
                Count.of(plan.findings().size(), "finding"), plan.findings().size() - open.size(), above.size(), most);
        return above.isEmpty()
                ? GateCondition.pass(Condition.FINDINGS, counts)
                : GateCondition.fail(Condition.FINDINGS, counts + " " + above.stream()
                        .map(one -> "[%s] %s%s: %s".formatted(
                                one.rule(), one.file(), one.line() > 0 ? " line " + one.line() : "", one.message()))
                        .collect(Collectors.joining(" ")));
    }

    private GateCondition freeze(Freezes freezes) {
        Optional<FreezeWindow> open = freezes.at(facts.now());
        if (open.isPresent()) {
            String next = freezes.nextFree(facts.now())
                    .map(time -> "The next free time is %s, in %s.".formatted(
                            FreezeWindow.wall(time, open.get().freeze().zone()),
                            TimeText.of(Duration.between(facts.now(), time))))
                    .orElse("There is no free time within two years.");
            return GateCondition.fail(Condition.FREEZE, "Frozen: " + open.get().describe() + ". " + next);
        }
        return GateCondition.pass(Condition.FREEZE, freezes.next(facts.now())
                .map(window -> "Not frozen now; the next freeze is " + window.describe() + ", in "
                        + TimeText.of(Duration.between(facts.now(), window.from())) + ".")
                .orElse("Not frozen now, and no further freeze is planned."));
    }

    static String shortened(String digest) {
        return digest.substring(0, Math.min(SHORT_DIGEST, digest.length()));
    }
}

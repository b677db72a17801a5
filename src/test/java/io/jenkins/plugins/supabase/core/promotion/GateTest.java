package io.jenkins.plugins.supabase.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import io.jenkins.plugins.supabase.core.ledger.HealthEntry;
import io.jenkins.plugins.supabase.core.ledger.Tenure;
import io.jenkins.plugins.supabase.core.ledger.VerifiedBackup;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.Plans;
import io.jenkins.plugins.supabase.core.promotion.GateCondition.Verdict;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each condition says of given evidence. */
class GateTest {
    private static final Instant NOW = Instant.parse("2026-11-24T13:00:00Z");
    private static final Environment STAGING = new Environment("staging", null, "", "", "");
    private static final Environment PRODUCTION = new Environment("production", null, "", "", "");
    private static final Access NO_ACCESS = new Access(null, null, null, null);

    private GateRules gate = GateRules.NONE;
    private String emergency;
    private Tenure tenure = ranFor(Duration.ofHours(30));
    private final List<HealthEntry> checks = new ArrayList<>();
    private VerifiedBackup backup;
    private Plan plan = Plans.empty();

    private static Tenure ranFor(Duration length) {
        return new Tenure(Plans.RELEASE.digest(), "1.4", 7, 7, DeploymentState.SUCCEEDED, NOW.minus(length), NOW);
    }

    private static Tenure uncertain(DeploymentState state) {
        return new Tenure(Plans.RELEASE.digest(), "1.4", 0, 9, state, null, NOW);
    }

    private void check(HealthEntry.Verdict verdict, Duration ago, Long deployment) {
        List<String> failing = verdict == HealthEntry.Verdict.UNHEALTHY ? List.of("auth: answered 503") : List.of();
        checks.add(new HealthEntry(NOW.minus(ago), verdict, 5, failing, 10, deployment, "timer", ""));
    }

    private void healthyEvery(Duration pause, Duration from) {
        for (Duration ago = from; !ago.isNegative(); ago = ago.minus(pause)) {
            check(HealthEntry.Verdict.HEALTHY, ago, null);
        }
    }

    private GateReport look() {
        PromotionRequest request = new PromotionRequest(
                STAGING,
                NO_ACCESS,
                null,
                DeployRequest.of(PRODUCTION, NO_ACCESS, "", new Origin("op", "ada", "", "")),
                gate,
                GateRules.NONE,
                List.of("ada"),
                emergency);
        HealthEntry last = checks.isEmpty() ? null : checks.get(checks.size() - 1);
        return Gate.look(
                request,
                new Gate.Facts(new SourceState(tenure, checks, last), new TargetState(backup, NOW), plan, NOW));
    }

    private GateCondition look(Condition condition) {
        return look().of(condition).orElseThrow();
    }

    private void assertPasses(Condition condition, String... evidence) {
        assertThat(look(condition).verdict()).as(look(condition).evidence()).isEqualTo(Verdict.PASS);
        assertThat(look(condition).evidence()).contains(evidence);
    }

    private void assertFails(Condition condition, String... evidence) {
        assertThat(look(condition).verdict()).as(look(condition).evidence()).isEqualTo(Verdict.FAIL);
        assertThat(look(condition).evidence()).contains(evidence);
        assertThat(look().passes()).isFalse();
    }

    @Test
    void whatNobodyAsksIsNotToldButWhatAlwaysHoldsIs() {
        assertThat(look().conditions())
                .extracting(GateCondition::condition)
                .containsExactly(Condition.SOURCE, Condition.BUNDLE, Condition.PLAN);
        assertThat(look().passes()).isTrue();
        assertPasses(Condition.SOURCE, "release 1.4 runs since 2026-11-23 07:00 UTC");
        assertPasses(Condition.BUNDLE, Plans.RELEASE.digest());
        assertPasses(Condition.PLAN, "Nothing is to be done");
    }

    @ParameterizedTest
    @CsvSource({"RUNNING", "FAILED", "STOPPED", "INTERRUPTED"})
    void whatIsHalfDeployedIsNotPromoted(DeploymentState state) {
        tenure = uncertain(state);
        gate = gate.withSoak(Duration.ofHours(1)).withSourceHealthy(true);
        check(HealthEntry.Verdict.HEALTHY, Duration.ofMinutes(1), null);

        assertFails(Condition.SOURCE, "deployment 9 is " + state);
        assertFails(Condition.SOAK, "not certain");
        assertFails(Condition.HEALTH, "not certain");
    }

    @Test
    void anotherBundleThanTheOneThatRunsIsRefused() {
        tenure = new Tenure("ff".repeat(32), "1.5", 8, 8, DeploymentState.SUCCEEDED, NOW, NOW);

        assertFails(Condition.BUNDLE, Plans.RELEASE.digest(), "ff".repeat(32), "1.5");
    }

    @Test
    void aPlanThatWouldBeRefusedIsToldBeforeAnybodyIsAsked() {
        plan = Plans.full();

        assertFails(Condition.PLAN, "refuses 1 change of its settings");
    }

    @Test
    void onlyBranchesThatAreNamed() {
        gate = gate.withBranches(List.of(BranchRule.of("release/*"), BranchRule.of("hotfix/*")));

        assertFails(Condition.BRANCH, "Built of main", "release/*, hotfix/*");
        gate = gate.withBranches(List.of(BranchRule.of("main")));
        assertPasses(Condition.BRANCH, "Built of main");
    }

    @Test
    void soakIsMeasuredToTheSecond() {
        gate = gate.withSoak(Duration.ofHours(30));
        assertPasses(Condition.SOAK, "for 1 d 6 h without interruption", "1 d 6 h are asked");

        tenure = ranFor(Duration.ofHours(30).minusSeconds(90));
        assertFails(Condition.SOAK, "Long enough at 2026-11-24 13:01 UTC, in 1 min 31 s");
    }

    @Test
    void withoutAnyCheckOfHealthItSaysHowToGetOne() {
        gate = gate.withSourceHealthy(true);

        assertFails(Condition.HEALTH, "No health check of staging is on record", "verifyHealth environment: 'staging'");
    }

    @Test
    void healthOfLongAgoSaysNothingOfNow() {
        gate = gate.withSourceHealthy(true);
        check(HealthEntry.Verdict.HEALTHY, Duration.ofMinutes(16), null);

        assertFails(Condition.HEALTH, "16 min old");
        check(HealthEntry.Verdict.HEALTHY, Duration.ofMinutes(15), null);
        assertPasses(Condition.HEALTH, "15 min ago");
    }

    @Test
    void anIllSourceIsRefusedWithWhatIsWrong() {
        gate = gate.withSourceHealthy(true);
        check(HealthEntry.Verdict.HEALTHY, Duration.ofMinutes(5), null);
        check(HealthEntry.Verdict.UNHEALTHY, Duration.ofMinutes(1), null);
        assertFails(Condition.HEALTH, "1 min ago, found it UNHEALTHY (auth: answered 503)");

        check(HealthEntry.Verdict.UNKNOWN, Duration.ZERO, null);
        assertFails(Condition.HEALTH, "found it UNKNOWN");
    }

    @Test
    void oneIllHourWithinTheSoakIsEnough() {
        gate = gate.withSourceHealthy(true).withSoak(Duration.ofHours(24));
        check(HealthEntry.Verdict.UNHEALTHY, Duration.ofHours(25), null);
        healthyEvery(Duration.ofHours(1), Duration.ofHours(24));
        assertPasses(Condition.HEALTH, "25 checks of staging in the last 1 d, none unhealthy, never more than 1 h");

        Instant ill = NOW.minus(Duration.ofHours(21));
        checks.add(3, new HealthEntry(ill, HealthEntry.Verdict.UNHEALTHY, 5, List.of("rest: 500"), 1, null, "", ""));
        assertFails(Condition.HEALTH, "1 of 26 checks", "2026-11-23 16:00 UTC (rest: 500)");
    }

    @Test
    void whenNobodyLookedForLongItIsNotKnownThatItWasWell() {
        gate = gate.withSourceHealthy(true).withSoak(Duration.ofHours(24));
        healthyEvery(Duration.ofHours(7), Duration.ofHours(21));

        assertFails(Condition.HEALTH, "never more than 7 h without one", "At most 6 h", "by a schedule");
        checks.clear();
        healthyEvery(Duration.ofHours(6), Duration.ofHours(24));
        assertPasses(Condition.HEALTH, "5 checks");
        checks.remove(0);
        checks.remove(0);
        assertFails(Condition.HEALTH, "never more than 12 h without one");
    }

    @Test
    void aCheckThatSaysNothingEndsNoGap() {
        gate = gate.withSourceHealthy(true).withSoak(Duration.ofHours(2));
        check(HealthEntry.Verdict.HEALTHY, Duration.ofHours(2), null);
        check(HealthEntry.Verdict.UNKNOWN, Duration.ofHours(1), null);
        check(HealthEntry.Verdict.HEALTHY, Duration.ZERO, null);

        assertFails(Condition.HEALTH, "never more than 2 h without one");
    }

    @Test
    void theCheckOfTheDeploymentItselfCountsFromItsEnd() {
        tenure = ranFor(Duration.ofMinutes(20));
        gate = gate.withSourceHealthy(true).withSoak(Duration.ofMinutes(30));
        check(HealthEntry.Verdict.HEALTHY, Duration.ofMinutes(21), 7L);
        check(HealthEntry.Verdict.HEALTHY, Duration.ofMinutes(10), null);
        check(HealthEntry.Verdict.HEALTHY, Duration.ofMinutes(1), null);

        assertPasses(Condition.HEALTH, "3 checks of staging since the release runs there");
    }

    private static VerifiedBackup verified(Duration ago) {
        return new VerifiedBackup("000003-x", NOW.minus(ago), NOW, null, 12);
    }

    @Test
    void aVerifiedBackupMustBeYoungEnough() {
        gate = gate.withBackupMaxAge(Duration.ofHours(12));
        assertFails(Condition.BACKUP, "No verified backup of production is on record");

        backup = verified(Duration.ofHours(13));
        assertFails(Condition.BACKUP, "000003-x", "13 h ago", "12 h are allowed");

        backup = verified(Duration.ofHours(12));
        assertPasses(Condition.BACKUP, "12 h ago", "event 12 of the audit chain");
    }

    @Test
    void driftIsNamed() {
        gate = gate.withNoDrift(true);
        assertPasses(Condition.DRIFT, "Nothing in production was changed by other ways");

        plan = Plans.full();
        assertFails(Condition.DRIFT, "1 thing in production changed", "table public.polls");
    }

    @Test
    void findingsAboveTheMostThatIsAllowed() {
        plan = Plans.full();
        gate = gate.withMaxSeverity(Severity.WARNING);
        assertFails(Condition.FINDINGS, "1 finding in the plan, 0 waived; 1 above warning", "[index-without-conc");

        gate = gate.withMaxSeverity(Severity.DANGER);
        assertPasses(Condition.FINDINGS, "0 above danger");
    }

    @Test
    void anEmergencyGoesPastWhatItsRuleSaysAndNothingElse() {
        emergency = "fire";
        gate = gate.withSoak(Duration.ofHours(48))
                .withSourceHealthy(true)
                .withEmergency(new EmergencyRule(EnumSet.of(Condition.SOAK), 1));

        assertThat(look(Condition.SOAK).verdict()).isEqualTo(Verdict.OVERRIDDEN);
        assertThat(look(Condition.SOAK).evidence()).contains("2 d are asked");
        assertThat(look(Condition.HEALTH).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(look().passes()).isFalse();
        assertThat(look().overridden()).hasSize(1);
    }

    @Test
    void reportsAreInOneOrderWhateverTheOrderOfLooking() {
        gate = gate.withSoak(Duration.ofHours(1)).withNoDrift(true).withSourceHealthy(true);

        assertThat(look().conditions()).extracting(GateCondition::condition).isSorted();
        assertThat(look().lines().get(3)).matches("PASS +soak +Runs in staging .*");
    }
}

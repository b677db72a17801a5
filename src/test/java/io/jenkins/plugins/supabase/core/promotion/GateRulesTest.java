package io.jenkins.plugins.supabase.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.trace.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateRulesTest {
    private static final GateRules GATE = GateRules.NONE
            .withQuorum(new Quorum(2, List.of("managers"), List.of()))
            .withAllowStarter(false)
            .withAllowAuthor(false)
            .withSoak(Duration.ofHours(24))
            .withSourceHealthy(true)
            .withBackupMaxAge(Duration.ofHours(12))
            .withNoDrift(true)
            .withMaxSeverity(Severity.WARNING)
            .withSources(List.of("staging", "preview"))
            .withFreezes(List.of(new FreezeSettings("fri", "18:00", "08:00", "mon", "UTC", "weekend").toFreeze()))
            .withExpiry(Duration.ofHours(8))
            .withEmergency(EmergencyRule.DEFAULT);

    private static boolean approved(GateRules rules, Voter... voters) {
        return new BallotRules(rules, List.of(), List.of()).missing(Arrays.asList(voters)).isEmpty();
    }

    private static final Voter ANN = Voter.of("ann", "managers");
    private static final Voter BEN = Voter.of("ben", "managers");
    private static final Voter CAT = Voter.of("cat", "managers");
    private static final Voter FRIEND = Voter.of("friend", "friends");
    private static final Voter OTHER = Voter.of("other", "friends");

    @Test
    void aJenkinsfileCannotWeakenAnything() {
        GateRules lax = GateRules.NONE
                .withQuorum(new Quorum(1, List.of(), List.of()))
                .withSoak(Duration.ofMinutes(1))
                .withBackupMaxAge(Duration.ofDays(99))
                .withMaxSeverity(Severity.DANGER)
                .withSources(List.of("staging", "development"))
                .withExpiry(Duration.ofDays(99))
                .withEmergency(new EmergencyRule(EmergencyRule.overridable(), 0));

        GateRules both = GATE.strengthenedBy(lax);

        assertThat(both).isEqualTo(GATE.withQuorums(both.quorums()).withSources(List.of("staging")));
        assertThat(approved(both, ANN)).isFalse();
        assertThat(approved(both, ANN, BEN)).isTrue();
    }

    @Test
    void aJenkinsfileCanStrengthenEverything() {
        GateRules strict = GateRules.NONE
                .withQuorum(new Quorum(3, List.of(), List.of()))
                .withAllowStarter(false)
                .withAllowAuthor(false)
                .withSoak(Duration.ofHours(48))
                .withSourceHealthy(true)
                .withBackupMaxAge(Duration.ofHours(1))
                .withNoDrift(true)
                .withMaxSeverity(Severity.INFO)
                .withSources(List.of("staging"))
                .withFreezes(
                        List.of(new FreezeSettings("", "2026-12-24", "2026-12-26", "", "UTC", "holiday").toFreeze()))
                .withExpiry(Duration.ofHours(1))
                .withTrace(true);

        GateRules both = GateRules.NONE.strengthenedBy(strict);

        assertThat(both).isEqualTo(strict);
        assertThat(GATE.strengthenedBy(strict).freezes()).hasSize(2);
        assertThat(approved(GATE.strengthenedBy(strict), ANN, BEN)).isFalse();
        assertThat(approved(GATE.strengthenedBy(strict), ANN, BEN, FRIEND)).isFalse();
        assertThat(approved(GATE.strengthenedBy(strict), ANN, BEN, CAT)).isTrue();
    }

    @Test
    void askingNothingChangesNothing() {
        GateRules both = GATE.strengthenedBy(GateRules.NONE);

        assertThat(both).isEqualTo(GATE.withQuorums(both.quorums()));
        assertThat(approved(both, ANN, BEN)).isTrue();
        assertThat(approved(both, ANN)).isFalse();
    }

    @Test
    void approversOfAJenkinsfileNeverStandInForTheAdministrators() {
        GateRules own = GateRules.NONE.withQuorum(new Quorum(2, List.of("friend", "other"), List.of("friends")));

        GateRules both = GATE.strengthenedBy(own);

        assertThat(approved(both, FRIEND, OTHER)).isFalse();
        assertThat(approved(both, ANN, BEN)).isFalse();
        assertThat(approved(both, ANN, BEN, FRIEND, OTHER)).isTrue();
    }

    @Test
    void approversThatAreListedStayTheOnlyOnesEvenWhereTheGateItselfNeedsNone() {
        GateRules listed = GateRules.NONE.withQuorum(new Quorum(0, List.of("managers"), List.of()));

        GateRules both = listed.strengthenedBy(GateRules.NONE.withQuorum(new Quorum(1, List.of(), List.of())));

        assertThat(approved(both, FRIEND)).isFalse();
        assertThat(approved(both, ANN)).isTrue();
    }

    @Test
    void sourcesWithNothingInCommonLeaveNone() {
        GateRules both = GATE.strengthenedBy(GateRules.NONE.withSources(List.of("development")));

        assertThat(both.allowsSource("development")).isFalse();
        assertThat(both.allowsSource("staging")).isFalse();
        assertThat(GateRules.NONE.allowsSource("anything")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "main, main, true",
        "main, mainline, false",
        "hotfix/*, hotfix/1234, true",
        "hotfix/*, hotfix/a/b, false",
        "hotfix/*, hotfix, false",
        "hotfix/**, hotfix/a/b, true",
        "release-?, release-1, true",
        "release-?, release-10, false",
        "v1.0, v1x0, false",
        "'a(b', 'a(b', true"
    })
    void branchesFitPatterns(String pattern, String branch, boolean fits) {
        assertThat(GateRules.NONE.withBranches(List.of(BranchRule.of(pattern))).on(branch).isPresent()).isEqualTo(fits);
    }

    @Test
    void aBranchThatIsNotKnownFitsNoPattern() {
        assertThat(GateRules.NONE.withBranches(List.of(BranchRule.of("**"))).on(null)).isEmpty();
        assertThat(GateRules.NONE.on(null)).isPresent();
    }

    @Test
    void aBranchCanHaveRulesOfItsOwn() {
        Quorum one = new Quorum(1, List.of("oncall"), List.of());
        GateRules rules = GATE.withBranches(List.of(
                BranchRule.of("main"), new BranchRule(List.of("hotfix/*"), List.of(one), Duration.ZERO, false)));

        GateRules hotfix = rules.on("hotfix/1").orElseThrow();

        assertThat(rules.on("main").orElseThrow().soak()).isEqualTo(Duration.ofHours(24));
        assertThat(rules.on("feature/1")).isEmpty();
        assertThat(hotfix.quorums().get(0).names()).containsExactly("oncall");
        assertThat(hotfix.soak()).isZero();
        assertThat(hotfix.sourceHealthy()).isFalse();
        assertThat(hotfix.backupMaxAge()).isEqualTo(GATE.backupMaxAge());
    }

    @Test
    void whatAJenkinsfileAsksHoldsOnBranchesWithRulesOfTheirOwnToo() {
        Quorum one = new Quorum(1, List.of("managers"), List.of());
        GateRules rules = GATE.withBranches(
                List.of(new BranchRule(List.of("hotfix/*"), List.of(one), Duration.ZERO, false)));

        GateRules hotfix = rules.strengthenedBy(GateRules.NONE
                        .withQuorum(new Quorum(2, List.of(), List.of()))
                        .withSoak(Duration.ofHours(1))
                        .withSourceHealthy(true)
                        .withBranches(List.of(BranchRule.of("*/1"))))
                .on("hotfix/1")
                .orElseThrow();

        assertThat(approved(hotfix, ANN)).isFalse();
        assertThat(approved(hotfix, ANN, BEN)).isTrue();
        assertThat(hotfix.soak()).isEqualTo(Duration.ofHours(1));
        assertThat(hotfix.sourceHealthy()).isTrue();
        GateRules main = GateRules.NONE.withBranches(List.of(BranchRule.of("main")));
        assertThat(rules.strengthenedBy(main).on("main")).isEmpty();
    }

    @Test
    void anEmergencyNeedsFewerApprovalsOfTheSamePeople() {
        GateRules emergency = GATE.inEmergency();

        assertThat(approved(emergency, FRIEND)).isFalse();
        assertThat(approved(emergency, ANN)).isTrue();
        assertThat(emergency.allowStarter()).isFalse();
        GateRules groups = GATE.withQuorum(new Quorum(0, List.of(), List.of("managers", "friends"))).inEmergency();
        assertThat(approved(groups, FRIEND)).isTrue();
        assertThat(approved(groups, Voter.of("stranger"))).isFalse();
    }

    @Test
    void anEmergencyNeverNeedsMoreThanTheGate() {
        GateRules none = GateRules.NONE.withEmergency(new EmergencyRule(EnumSet.noneOf(Condition.class), 1));

        assertThat(approved(none.inEmergency())).isTrue();
    }

    @Test
    void whichBundleItIsAndWhereItComesFromHoldsInAnEmergencyToo() {
        for (Condition condition : EnumSet.of(
                Condition.SOURCE, Condition.BUNDLE, Condition.PLAN, Condition.BRANCH, Condition.APPROVALS)) {
            assertThatThrownBy(() -> new EmergencyRule(EnumSet.of(condition), 1))
                    .hasMessageContaining("\"" + condition.word() + "\" holds in an emergency, too");
        }
    }

    @Test
    void changingOneRuleKeepsAllOthers() {
        GateRules full = GATE.withAllowStarter(true).withBranches(List.of(BranchRule.of("main"))).withTrace(true);
        GateRules authors = full.withAllowAuthor(true);

        assertThat(full.withTrace(full.trace())).isEqualTo(full);
        assertThat(authors.withTrace(true)).isEqualTo(authors).isNotEqualTo(full);
    }

    @Test
    void timesAreToldInTheirTwoLargestUnits() {
        assertThat(TimeText.of(Duration.ofHours(76))).isEqualTo("3 d 4 h");
        assertThat(TimeText.of(Duration.ofMinutes(120))).isEqualTo("2 h");
        assertThat(TimeText.of(Duration.ofSeconds(95))).isEqualTo("1 min 35 s");
        assertThat(TimeText.of(Duration.ofMillis(900))).isEqualTo("0 s");
        assertThat(TimeText.of(Duration.ofSeconds(-4))).isEqualTo("0 s");
        assertThat(TimeText.of(Instant.parse("2026-11-24T13:00:59Z"))).isEqualTo("2026-11-24 13:00 UTC");
    }
}

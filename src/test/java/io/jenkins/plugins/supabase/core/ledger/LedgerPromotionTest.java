package io.jenkins.plugins.supabase.core.ledger;

import static io.jenkins.plugins.supabase.core.ledger.LedgerFixture.FIRST_RELEASE;
import static io.jenkins.plugins.supabase.core.ledger.LedgerFixture.SECOND_RELEASE;
import static io.jenkins.plugins.supabase.core.ledger.LedgerFixture.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.supabase.core.ledger.HealthEntry.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What promotions need of the ledger: decisions, health checks, and since when a release runs. */
@Timeout(120)
class LedgerPromotionTest {
    private static final String PLAN = "e".repeat(64);
    private static final Instant DECIDED = Instant.parse("2026-11-24T13:00:00.123Z");

    private LedgerFixture fixture;
    private Ledger ledger;

    @BeforeEach
    void open() throws SQLException {
        fixture = new LedgerFixture();
        ledger = fixture.open();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    static AuditEntry decide(Ledger ledger, String user, DecisionEntry.Verdict verdict) {
        DecisionEntry entry = new DecisionEntry("op-9", PLAN, user, verdict, DECIDED, "why not", false);
        return ledger.recordDecision(entry, JsonNodeFactory.instance.objectNode().put("from", "staging"));
    }

    private List<DecisionEntry> decisions(String operation) {
        return ledger.ask(reader -> reader.decisions(operation));
    }

    private List<HealthEntry> checks(Instant since) {
        return ledger.ask(reader -> reader.healthChecks(since));
    }

    @Test
    void shouldKeepADecisionWithItsEvent() {
        AuditEntry event = decide(ledger, "bob", DecisionEntry.Verdict.APPROVED);

        assertThat(event.kind()).isEqualTo("promotion.approved");
        assertThat(event.actor()).isEqualTo("bob");
        assertThat(event.subject()).isEqualTo("promotion/op-9");
        assertThat(event.payloadJson())
                .contains(PLAN, "\"comment\": \"why not\"", "\"from\": \"staging\"", "2026-11-24T13:00:00.123Z");
        assertThat(decisions("op-9"))
                .containsExactly(new DecisionEntry(
                        "op-9", PLAN, "bob", DecisionEntry.Verdict.APPROVED, DECIDED, "why not", false));
        assertThat(decisions("op-8")).isEmpty();
    }

    @Test
    void shouldKeepADecisionThatIsSentTwiceOnce() {
        AuditEntry first = decide(ledger, "bob", DecisionEntry.Verdict.APPROVED);
        AuditEntry again = decide(ledger, "bob", DecisionEntry.Verdict.APPROVED);

        assertThat(again).isEqualTo(first);
        assertThat(decide(ledger, "bob", DecisionEntry.Verdict.REJECTED).seq()).isEqualTo(first.seq() + 1);
        assertThat(decisions("op-9")).hasSize(2);
    }

    @Test
    void shouldAppendAnEventOfOneIdOnce() {
        UUID id = UUID.randomUUID();
        AuditEvent event = AuditChainTest.event("promotion.requested", "promotion/op-9");

        assertThat(ledger.append(event, id)).isEqualTo(ledger.append(event, id));
    }

    @Test
    void shouldRefuseToChangeADecision() {
        decide(ledger, "bob", DecisionEntry.Verdict.APPROVED);

        for (String sql : List.of(
                "update supabase_delivery.approvals set comment = ''",
                "delete from supabase_delivery.approvals",
                "truncate supabase_delivery.approvals")) {
            assertThatThrownBy(() -> fixture.database.execute(sql)).hasMessageContaining("append-only");
        }
    }

    private void check(Verdict verdict, Long deployment) {
        List<String> failing = verdict == Verdict.UNHEALTHY ? List.of("auth: answered 503") : List.of();
        ledger.recordHealth(new HealthEntry(null, verdict, 7, failing, 120, deployment, "timer", "https://j.test/1/"));
    }

    @Test
    void shouldKeepWhatHealthChecksFound() throws SQLException {
        long deployment = succeed(ledger, "op-1", FIRST_RELEASE);
        check(Verdict.HEALTHY, deployment);
        check(Verdict.UNHEALTHY, null);

        List<HealthEntry> checks = checks(Instant.EPOCH);
        assertThat(checks).extracting(HealthEntry::verdict).containsExactly(Verdict.HEALTHY, Verdict.UNHEALTHY);
        assertThat(checks).extracting(HealthEntry::deployment).containsExactly(deployment, null);
        assertThat(checks.get(1).failing()).containsExactly("auth: answered 503");
        assertThat(checks.get(1).at()).isNotNull();
        Optional<HealthEntry> last = ledger.ask(LedgerReader::lastHealthCheck);
        assertThat(last).contains(checks.get(1));
        assertThat(checks(Instant.now().plusSeconds(3600))).isEmpty();
        assertThat(fixture.database.query("select distinct release_digest from supabase_delivery.health_checks"))
                .containsExactly(FIRST_RELEASE);
    }

    @Test
    void shouldForgetHealthChecksThatAreOlderThanAnySoak() throws SQLException {
        check(Verdict.HEALTHY, null);
        fixture.database.execute("update supabase_delivery.health_checks set at = now() - interval '91 days'");

        check(Verdict.UNHEALTHY, null);

        assertThat(checks(Instant.EPOCH))
                .extracting(HealthEntry::verdict)
                .containsExactly(Verdict.UNHEALTHY);
    }

    @Test
    void shouldAnswerNothingOfALedgerThatKnowsNoPromotionsYet() throws SQLException {
        LedgerFixture older = new LedgerFixture();
        try (Connection connection = older.database.connect()) {
            new LedgerSchema(LedgerSchema.PLUGIN.migrations().subList(0, 3)).upgrade(connection);
            LedgerReader reader = Ledger.read(connection);

            assertThat(reader.decisions("op-9")).isEmpty();
            assertThat(reader.healthChecks(Instant.EPOCH)).isEmpty();
            assertThat(reader.lastHealthCheck()).isEmpty();
            assertThat(reader.tenure()).isEmpty();
            assertThat(LedgerVerifier.verify(connection, null).problems()).isEmpty();
        }
    }

    private Tenure tenure() {
        return ledger.ask(LedgerReader::tenure).orElseThrow();
    }

    private Instant ended(long deployment) {
        return ledger.ask(reader -> reader.deployment(deployment)).orElseThrow().endedAt();
    }

    private long end(String operation, String release, Outcome outcome, boolean changed) {
        NewDeployment begins = LedgerFixture.deployment(operation, release, DeploymentKind.DEPLOY);
        try (OpenDeployment open = ledger.begin(begins)) {
            if (changed) {
                open.snapshotsTaken();
            }
            open.end(outcome, "it failed", null);
            return open.id();
        }
    }

    @Test
    void shouldSayThatNothingRunsWhereNothingWasDeployed() {
        Optional<Tenure> nothing = ledger.ask(LedgerReader::tenure);

        assertThat(nothing).isEmpty();
    }

    @Test
    void shouldCountFromTheFirstDeploymentOfTheReleaseThatRuns() {
        succeed(ledger, "op-1", FIRST_RELEASE);
        long second = succeed(ledger, "op-2", SECOND_RELEASE);
        succeed(ledger, "op-3", SECOND_RELEASE);

        assertThat(tenure().releaseDigest()).isEqualTo(SECOND_RELEASE);
        assertThat(tenure().releaseVersion()).isEqualTo("1.0.2");
        assertThat(tenure().since()).isEqualTo(ended(second));
        assertThat(tenure().length()).isBetween(Duration.ZERO, Duration.ofMinutes(2));
    }

    @Test
    void shouldCountAnewWhenAnotherReleaseRanBetween() {
        succeed(ledger, "op-1", FIRST_RELEASE);
        succeed(ledger, "op-2", SECOND_RELEASE);
        long back = succeed(ledger, "op-3", FIRST_RELEASE);

        assertThat(tenure().since()).isEqualTo(ended(back));
    }

    @Test
    void shouldCountAnewFromTheEndOfADeploymentThatWasTakenBack() {
        succeed(ledger, "op-1", FIRST_RELEASE);
        long tried = end("op-2", SECOND_RELEASE, Outcome.ROLLED_BACK, true);

        assertThat(tenure().releaseDigest()).isEqualTo(FIRST_RELEASE);
        assertThat(tenure().since()).isEqualTo(ended(tried));

        long again = succeed(ledger, "op-3", FIRST_RELEASE);
        assertThat(tenure().since()).isEqualTo(ended(again));
    }

    @Test
    void shouldNotCountADeploymentThatChangedNothing() {
        long first = succeed(ledger, "op-1", FIRST_RELEASE);
        end("op-2", SECOND_RELEASE, Outcome.FAILED, false);

        assertThat(tenure().since()).isEqualTo(ended(first));
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, names = {"FAILED", "STOPPED"})
    void shouldNotKnowWhatRunsAfterADeploymentThatEndedHalfWay(Outcome outcome) {
        succeed(ledger, "op-1", FIRST_RELEASE);
        long half = end("op-2", SECOND_RELEASE, outcome, true);

        assertThat(tenure().certain()).isFalse();
        assertThat(tenure().newest()).isEqualTo(half);
        assertThat(tenure().state().name()).isEqualTo(outcome.name());
    }

    @Test
    void shouldNotKnowWhatRunsWhileADeploymentRunsOrIsCutOff() throws SQLException {
        succeed(ledger, "op-1", FIRST_RELEASE);
        try (OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-2"))) {
            assertThat(tenure().certain()).isFalse();
            assertThat(tenure().state()).isEqualTo(DeploymentState.RUNNING);

            fixture.expireLeases();

            assertThat(tenure().certain()).isFalse();
            assertThat(tenure().state()).isEqualTo(DeploymentState.INTERRUPTED);
            assertThat(open.id()).isEqualTo(2);
        }
    }

    @Test
    void shouldTellTheServersTime() {
        Optional<Instant> now = ledger.ask(LedgerReader::now);

        assertThat(now).get().satisfies(time -> assertThat(Duration.between(time, Instant.now()).abs())
                .isLessThan(Duration.ofMinutes(1)));
    }
}

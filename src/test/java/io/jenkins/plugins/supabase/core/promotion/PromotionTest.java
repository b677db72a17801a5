package io.jenkins.plugins.supabase.core.promotion;

import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.BOB;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.EVE;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.both;
import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.HistoryQuery;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.promotion.GateCondition.Verdict;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one environment to another, with a database and a project each. */
class PromotionTest extends StagedRelease {
    private static GateCondition condition(PromotionResult result, Condition condition) {
        return result.gate().of(condition).orElseThrow();
    }

    @Test
    void promotesTheVeryBundleThatRunsInTheSource() throws Exception {
        app.function("not yet deployed anywhere");

        PlannedPromotion planned = app.plan();
        PromotionResult result = app.apply(planned, both(planned));

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.releaseDigest()).isEqualTo(digest);
        assertThat(app.production.runs()).isEqualTo(digest).isEqualTo(app.staging.runs());
        assertThat(result.approvedBy()).containsExactly("bob", "eve");
        assertThat(result.deployment().migrations()).hasSize(1);
        assertThat(result.timings().health()).isPositive();
        assertThat(condition(result, Condition.BUNDLE).evidence()).contains(digest);
        assertThat(condition(result, Condition.APPROVALS).evidence()).contains("approved by bob", "approved by eve");
        assertThat(app.production.database.query("select to_regclass('public.polls')::text")).containsExactly("polls");
    }

    @Test
    void tellsTheLedgerOfTheTargetWhoDecidedWhat() throws Exception {
        PlannedPromotion planned = app.plan();
        app.apply(planned, both(planned));

        assertThat(app.production.events("promotion.%"))
                .containsExactly(
                        "promotion.requested", "promotion.approved", "promotion.approved", "promotion.applied");
        assertThat(app.production.database.query("select decided_by || ' ' || decision || ' ' || comment || ' '"
                        + " || plan_digest from supabase_delivery.approvals order by 1"))
                .containsExactly(
                        "bob APPROVED fine " + planned.planDigest(), "eve APPROVED fine " + planned.planDigest());
        assertThat(app.production.verify().problems()).isEmpty();
        app.production.database.execute("set session_replication_role = replica;"
                + " delete from supabase_delivery.approvals where decided_by = 'eve'");
        assertThat(app.production.verify().problems()).singleElement().satisfies(
                problem -> assertThat(problem.what()).contains("the decision of eve"));
    }

    @Test
    void makesNoLedgerBeforeSomebodyHasDecided() throws Exception {
        app.plan();

        assertThat(app.production.database.query("select to_regnamespace('supabase_delivery')::text"))
                .containsExactly((String) null);
    }

    @Test
    void aLedgerThatADecisionMadeMovesNoGround() throws Exception {
        PlannedPromotion planned = app.plan();

        assertThat(app.record(planned, planned.ballot(Instant.now()))).isFalse();
        assertThat(app.record(planned, planned.ballot(Instant.now()).with(yes(BOB, planned)))).isTrue();
        assertThat(app.production.events("promotion.%")).containsExactly("promotion.requested", "promotion.approved");

        assertThat(app.apply(planned, both(planned)).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(app.production.verify().problems()).isEmpty();
    }

    @Test
    void goesOnAfterARestartWithWhatItHadBegunOrTellsHowItEnded() throws Exception {
        PlannedPromotion planned = app.plan();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(planned);
        }
        PlannedPromotion kept;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            kept = (PlannedPromotion) in.readObject();
        }
        assertThat(kept.ballot(Instant.now()).with(yes(BOB, kept)).missing()).hasSize(1);
        PromotionResult first = app.apply(kept, both(kept));

        PromotionResult again = app.apply(kept, both(kept));

        assertThat(again.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(again.deployment().deployment()).isEqualTo(first.deployment().deployment());
        assertThat(app.production.events("promotion.applied")).hasSize(1);
        assertThat(app.production.database.query("select count(*) from supabase_delivery.deployments"))
                .containsExactly("1");
    }

    @Test
    void whatIsThereAlreadyIsToldToBe() throws Exception {
        app.production.deploy();

        PlannedPromotion planned = app.plan();

        assertThat(app.apply(planned, both(planned)).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void aFailureGoesBackAndIsTold() throws Exception {
        app.production.deploy();
        app.function("two");
        app.staging.deploy();
        PlannedPromotion planned = app.plan();
        app.production.project.functions().bootError("hello", true);

        PromotionResult result = app.apply(planned, both(planned));

        assertThat(result.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(result.message()).isNotEmpty();
        assertThat(app.production.runs()).isEqualTo(digest);
        assertThat(app.production.events("promotion.applied")).hasSize(1);
    }

    @Test
    void theGateIsToldBeforeAnybodyIsAsked() throws Exception {
        app.gate = app.gate.withSources(List.of("preview"))
                .withSoak(Duration.ofHours(24))
                .withBackupMaxAge(Duration.ofHours(12))
                .withNoDrift(true);

        PlannedPromotion planned = app.plan();

        assertThat(planned.gate().passes()).isFalse();
        assertThat(planned.gate().failed())
                .extracting(GateCondition::condition)
                .containsExactly(Condition.SOURCE, Condition.SOAK, Condition.BACKUP);
        assertThat(planned.refusal())
                .contains("production may not be promoted from staging; only from preview")
                .contains("1 d are asked. Long enough at ")
                .contains("No verified backup of production is on record")
                .contains("Nothing was changed");
        assertThat(app.log).anyMatch(line -> line.contains("FAIL") && line.contains("soak"));
    }

    @Test
    void anEmergencyGoesPastWhatItMayAndIsToldEverywhere() throws Exception {
        app.production.deploy();
        app.function("fixed");
        String fixed = app.staging.deploy().releaseDigest();
        app.gate = app.gate.withSoak(Duration.ofHours(24)).withBackupMaxAge(Duration.ofHours(12));
        app.emergency = "nobody can vote";

        PlannedPromotion planned = app.plan();
        assertThat(planned.gate().of(Condition.SOAK).orElseThrow().verdict()).isEqualTo(Verdict.OVERRIDDEN);
        assertThat(planned.gate().failed()).extracting(GateCondition::condition).containsExactly(Condition.BACKUP);
        assertThat(planned.describe()).startsWith("EMERGENCY ");
        assertThat(app.log).contains("!!! EMERGENCY: nobody can vote");

        app.gate = app.gate.withBackupMaxAge(null);
        PlannedPromotion open = app.plan();
        PromotionResult result = app.apply(open, yes(BOB, open));

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.emergency()).isEqualTo("nobody can vote");
        assertThat(app.production.runs()).isEqualTo(fixed);
        assertThat(app.production.events("promotion.emergency")).hasSize(2);
        try (Connection connection = app.production.database.connect()) {
            assertThat(Ledger.read(connection).overview().history(HistoryQuery.newest(10)))
                    .extracting(Deployment::emergency)
                    .containsExactly(true, false);
        }
        assertThat(app.production.database.query("select emergency::text from supabase_delivery.approvals"))
                .containsExactly("true");
        assertThat(app.production.database.query("select distinct payload ->> 'emergencyReason' from"
                        + " supabase_delivery.audit_events where kind like 'promotion.%'"))
                .containsExactly("nobody can vote");
    }

    @Test
    void anEmergencyNeedsAReasonAndAGateThatKnowsOne() throws Exception {
        app.emergency = " ";
        assertThatThrownBy(() -> app.plan()).hasMessageContaining("An emergency needs a reason");

        app.emergency = "fire";
        app.gate = app.gate.withEmergency(null);
        assertThatThrownBy(() -> app.plan()).hasMessageContaining("knows no emergency");
    }

    @Test
    void anEmergencyBringsNoOtherBundleEither() throws Exception {
        app.emergency = "fire";
        Files.write(app.bundle(digest), new byte[] {1});

        assertThatThrownBy(() -> app.plan()).isInstanceOf(DeliveryException.class).hasMessageContaining(digest);
    }

    @Test
    void writesDownWhereDecisionsStandAsOftenAsOneLikes() throws Exception {
        app.production.deploy();
        app.function("two");
        app.staging.deploy();
        PlannedPromotion planned = app.plan();
        Ballot ballot = planned.ballot(Instant.now()).with(yes(BOB, planned));

        app.record(planned, ballot);
        app.record(planned, ballot);
        app.clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(4));
        app.record(planned, ballot);
        app.record(planned, ballot);

        assertThat(app.production.events("promotion.%"))
                .containsExactly("promotion.requested", "promotion.approved", "promotion.expired");
        assertThat(app.production.verify().problems()).isEmpty();
    }

    @Test
    void theSourceIsAskedWhetherItIsHealthyNowAndTheAnswerIsKept() throws Exception {
        app.gate = app.gate.withSourceHealthy(true);
        app.probing = true;
        assertThat(app.plan().gate().of(Condition.HEALTH).orElseThrow().verdict()).isEqualTo(Verdict.PASS);
        PlannedPromotion planned = app.plan();
        app.staging.project.functions().bootError("hello", true);

        PromotionResult result = app.apply(planned, both(planned));

        assertThat(result.outcome()).isEqualTo(Outcome.GATE_CLOSED);
        assertThat(result.message()).contains("found it UNHEALTHY").contains("Nothing was changed");
        assertThat(app.production.runs()).isNull();
        assertThat(app.staging.database.query("select verdict from supabase_delivery.health_checks order by at"))
                .containsExactly("HEALTHY", "HEALTHY", "HEALTHY", "UNHEALTHY");
    }

    @Test
    void anAuthorOfWhatComesWithTheReleaseMayNotApprove() throws Exception {
        app.production.deploy();
        app.function("two");
        app.staging.deploy();
        app.function("three");
        app.staging.deploy();
        app.staging.database.execute("set session_replication_role = replica; update supabase_delivery.releases set"
                + " manifest = jsonb_set(manifest, '{author}', '\"Bob <bob@votes.test>\"') where digest ="
                + " (select release_digest from supabase_delivery.deployments where id = 2);"
                + " update supabase_delivery.releases set manifest = jsonb_set(manifest, '{author}',"
                + " '\"Eve <eve@votes.test>\"') where digest = (select release_digest from"
                + " supabase_delivery.deployments where id = 1)");

        PlannedPromotion planned = app.plan();

        assertThat(planned.authors()).containsExactly("Bob <bob@votes.test>");
        assertThatThrownBy(() -> planned.ballot(Instant.now()).with(yes(BOB, planned)))
                .hasMessageContaining("bob is an author");
        assertThat(planned.ballot(Instant.now()).with(yes(EVE, planned)).decisions()).hasSize(1);
    }

    @Test
    void whereNothingRunsThereIsNothingToPromote(@TempDir Path other) throws Exception {
        try (PromotionFixture empty = new PromotionFixture(other)) {
            assertThatThrownBy(empty::plan)
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("Nothing can be promoted from the environment \"staging\"");
        }
    }
}

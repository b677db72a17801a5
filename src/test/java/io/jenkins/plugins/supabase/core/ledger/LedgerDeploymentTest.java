package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LedgerDeploymentTest {
    private LedgerFixture fixture;

    @BeforeEach
    void createDatabase() throws SQLException {
        fixture = new LedgerFixture();
    }

    @Test
    void shouldRecordADeploymentFromStartToEnd() {
        try (Ledger ledger = fixture.open();
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            RunningStep migration = open.step("migration", "1_init.sql");
            migration.done("2 statements");
            open.step("config", "auth").skipped("nothing differs");
            open.step("functions", "activate").failed("the platform said no");
            open.record(List.of(
                    new FinishedStep("function", "hello", StepState.DONE, 1_500, "version 7"),
                    new FinishedStep("function", "world", StepState.SKIPPED, 0, "unchanged")));
            AuditEntry end = open.end(Outcome.FAILED, "The platform said no.", null);

            Deployment deployment = ledger.ask(reader -> reader.deployment(open.id())).orElseThrow();
            assertThat(deployment)
                    .returns(1L, Deployment::id)
                    .returns(DeploymentState.FAILED, Deployment::state)
                    .returns("The platform said no.", Deployment::message)
                    .returns("1.0.1", Deployment::releaseVersion)
                    .returns(null, Deployment::previousDigest)
                    .returns("alice", Deployment::actor);
            assertThat(deployment.endedAt()).isAfterOrEqualTo(deployment.startedAt());
            assertThat(ledger.ask((LedgerReader reader) -> reader.steps(1)))
                    .extracting(
                            DeploymentStep::ordinal,
                            DeploymentStep::kind,
                            DeploymentStep::subject,
                            DeploymentStep::state,
                            DeploymentStep::detail)
                    .containsExactly(
                            tuple(1, "migration", "1_init.sql", StepState.DONE, "2 statements"),
                            tuple(2, "config", "auth", StepState.SKIPPED, "nothing differs"),
                            tuple(3, "functions", "activate", StepState.FAILED, "the platform said no"),
                            tuple(4, "function", "hello", StepState.DONE, "version 7"),
                            tuple(5, "function", "world", StepState.SKIPPED, "unchanged"));
            assertThat(ledger.ask((LedgerReader reader) -> reader.steps(1)).get(3).millis()).isEqualTo(1_500);
            assertThat(ledger.ask((LedgerReader reader) -> reader.plan(1))).contains("{\"migrations\" : [ ]}");
            assertThat(ledger.ask(LedgerReader::head)).isEqualTo(end.head());
        }
    }

    @Test
    void shouldKnowWhatRuns() {
        try (Ledger ledger = fixture.open()) {
            assertThat(ledger.ask(LedgerReader::current)).isEmpty();
            LedgerFixture.succeed(ledger, "op-1", LedgerFixture.FIRST_RELEASE);
            LedgerFixture.succeed(ledger, "op-2", LedgerFixture.SECOND_RELEASE);
            ledger.begin(LedgerFixture.deployment("op-3")).end(Outcome.STOPPED, "Aborted.", null);

            CurrentState current = ledger.ask(LedgerReader::current).orElseThrow();
            assertThat(current.deployment())
                    .returns("op-2", Deployment::operationId)
                    .returns(LedgerFixture.FIRST_RELEASE, Deployment::previousDigest)
                    .returns("1.0.1", Deployment::previousVersion);
            assertThat(current.state()).isEqualTo(LedgerFixture.state(LedgerFixture.SECOND_RELEASE));
            assertThat(ledger.ask(LedgerReader::previous)).map(Deployment::operationId).contains("op-1");
            assertThat(ledger.ask((LedgerReader reader) -> reader.state(1)))
                    .contains(LedgerFixture.state(LedgerFixture.FIRST_RELEASE));
        }
    }

    @Test
    void shouldCompareWithTheStateAfterARollback() {
        try (Ledger ledger = fixture.open()) {
            LedgerFixture.succeed(ledger, "op-1", LedgerFixture.FIRST_RELEASE);
            ledger.begin(LedgerFixture.deployment("op-2"))
                    .end(Outcome.ROLLED_BACK, "Unhealthy.", LedgerFixture.state("back"));

            CurrentState current = ledger.ask(LedgerReader::current).orElseThrow();
            assertThat(current.deployment().operationId()).isEqualTo("op-1");
            assertThat(current.state()).isEqualTo(LedgerFixture.state("back"));
        }
    }

    @Test
    void shouldRecordADeploymentThatFoundNothingToDo() {
        try (Ledger ledger = fixture.open()) {
            LedgerFixture.succeed(ledger, "op-1", LedgerFixture.FIRST_RELEASE);
            AuditEntry event = ledger.recordUnchanged(
                    LedgerFixture.deployment("op-2"), "Nothing to"
                            + " do.", LedgerFixture.state(LedgerFixture.FIRST_RELEASE));
            ledger.recordUnchanged(LedgerFixture.deployment("op-3"), "Nothing to do.", null);

            assertThat(event.kind()).isEqualTo("deployment.ended");
            CurrentState current = ledger.ask(LedgerReader::current).orElseThrow();
            assertThat(current.deployment())
                    .returns("op-3", Deployment::operationId)
                    .returns(DeploymentState.SUCCEEDED, Deployment::state);
            assertThat(current.state()).isEqualTo(LedgerFixture.state(LedgerFixture.FIRST_RELEASE));
        }
    }

    @Test
    void shouldCloseWhatItFindsOpen() {
        try (Ledger ledger = fixture.open();
                OpenDeployment killed = ledger.begin(LedgerFixture.deployment("op-1"));
                OpenDeployment next = begin(ledger, killed)) {
            assertThat(next.interrupted()).containsExactly(1L);
            assertThat(next.resumed()).isFalse();
            assertThat(next.fencingToken()).isGreaterThan(killed.fencingToken());
            Deployment closed = ledger.ask(reader -> reader.deployment(1)).orElseThrow();
            assertThat(closed.state()).isEqualTo(DeploymentState.INTERRUPTED);
            assertThat(closed.interruptedBy()).isEqualTo(2);
            assertThat(closed.message())
                    .contains("during migration 2_big.sql", "last sign of life", "deployment 2 of alice", "op-2");
            assertThat(ledger.ask((LedgerReader reader) -> reader.steps(1)))
                    .extracting(DeploymentStep::state)
                    .containsExactly(StepState.DONE, StepState.INTERRUPTED);
        }
    }

    private static OpenDeployment begin(Ledger ledger, OpenDeployment killed) {
        killed.step("migration", "1_init.sql").done("");
        killed.step("migration", "2_big.sql");
        return ledger.begin(LedgerFixture.deployment("op-2"));
    }

    @Test
    void shouldGoOnWithTheSameOperation() {
        try (Ledger ledger = fixture.open();
                OpenDeployment killed = ledger.begin(LedgerFixture.deployment("op-1"))) {
            killed.step("migration", "1_init.sql").done("");
            killed.step("migration", "2_big.sql");
            try (OpenDeployment resumed = ledger.begin(LedgerFixture.deployment("op-1"))) {
                assertThat(resumed.id()).isEqualTo(killed.id());
                assertThat(resumed.resumed()).isTrue();
                assertThat(resumed.interrupted()).isEmpty();
                resumed.step("migration", "2_big.sql").done("");
                assertThatThrownBy(killed::assertCurrent)
                        .isInstanceOf(DeliveryException.class)
                        .hasMessageContaining("the same build, resumed on https://jenkins.example/");
                assertThatThrownBy(() -> killed.step("migration", "late")).isInstanceOf(DeliveryException.class);
                assertThatThrownBy(() -> killed.end(Outcome.FAILED, "", null)).isInstanceOf(DeliveryException.class);
                resumed.end(Outcome.SUCCEEDED, "", null);
            }
            assertThat(ledger.ask((LedgerReader reader) -> reader.operation("op-1")))
                    .map(Deployment::state)
                    .contains(DeploymentState.SUCCEEDED);
            assertThat(ledger.ask((LedgerReader reader) -> reader.steps(1)))
                    .extracting(DeploymentStep::ordinal, DeploymentStep::subject, DeploymentStep::state)
                    .containsExactly(
                            tuple(1, "1_init.sql", StepState.DONE),
                            tuple(2, "2_big.sql", StepState.INTERRUPTED),
                            tuple(3, "2_big.sql", StepState.DONE));
            assertThat(ledger.ask((LedgerReader reader) -> reader.operation("op-1")))
                    .map(Deployment::attempts)
                    .contains(2);
        }
    }

    @Test
    void shouldNotResumeAnotherRelease() {
        try (Ledger ledger = fixture.open();
                OpenDeployment killed = ledger.begin(LedgerFixture.deployment("op-1"));
                OpenDeployment next = ledger.begin(
                        LedgerFixture.deployment("op-1", LedgerFixture.SECOND_RELEASE, DeploymentKind.DEPLOY))) {
            assertThat(next.resumed()).isFalse();
            assertThat(next.interrupted()).containsExactly(killed.id());
        }
    }

    @Test
    void shouldPageThroughHistory() {
        try (Ledger ledger = fixture.open()) {
            for (int i = 1; i <= 5; i++) {
                LedgerFixture.succeed(
                        ledger, "op-" + i, i % 2 == 0 ? LedgerFixture.SECOND_RELEASE : LedgerFixture.FIRST_RELEASE);
            }
            assertThat(ledger.ask((LedgerReader reader) -> reader.history(Long.MAX_VALUE, 2)))
                    .extracting(Deployment::id)
                    .containsExactly(5L, 4L);
            assertThat(ledger.ask((LedgerReader reader) -> reader.history(4, 10)))
                    .extracting(Deployment::id)
                    .containsExactly(3L, 2L, 1L);
            assertThat(ledger.ask((LedgerReader reader) -> reader.ofRelease("1.0.2", 10)))
                    .extracting(Deployment::id)
                    .containsExactly(4L, 2L);
            assertThat(ledger.ask((LedgerReader reader) -> reader.ofRelease(LedgerFixture.FIRST_RELEASE, 2)))
                    .extracting(Deployment::id)
                    .containsExactly(5L, 3L);
            assertThat(ledger.ask((LedgerReader reader) -> reader.release("1.0.2")))
                    .contains(new ReleaseEntry(LedgerFixture.SECOND_RELEASE, "1.0.2", "{\"commit\": \"2\"}"));
        }
    }

    @Test
    void shouldNameWhoDeploysNow() {
        try (Ledger ledger = fixture.open();
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            assertThat(ledger.ask(LedgerReader::running))
                    .singleElement()
                    .extracting(Deployment::holder)
                    .asString()
                    .contains("deployment 1 of alice", "https://jenkins.example/job/shop/op-1/");
            open.end(Outcome.SUCCEEDED, "", null);
            assertThat(ledger.ask(LedgerReader::running)).isEmpty();
        }
    }

    @Test
    void shouldAnswerNothingWhereThereIsNoLedger() throws SQLException {
        try (Connection connection = fixture.database.connect()) {
            LedgerReader reader = Ledger.read(connection);

            assertThat(reader.exists()).isFalse();
            assertThat(reader.current()).isEmpty();
            assertThat(reader.running()).isEmpty();
            assertThat(reader.history(Long.MAX_VALUE, 10)).isEmpty();
            assertThat(reader.head()).isEqualTo(AuditHead.NONE);
            assertThat(fixture.database.query("select count(*) from pg_namespace where nspname = 'supabase_delivery'"))
                    .containsExactly("0");
        }
    }

    @Test
    void shouldRefuseToRecordAfterTheEnd() {
        try (Ledger ledger = fixture.open();
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            open.end(Outcome.SUCCEEDED, "", null);

            assertThatThrownBy(() -> open.step("migration", "late"))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("has ended already (SUCCEEDED");
            assertThatThrownBy(() -> open.end(Outcome.FAILED, "", null)).isInstanceOf(DeliveryException.class);
        }
    }
}

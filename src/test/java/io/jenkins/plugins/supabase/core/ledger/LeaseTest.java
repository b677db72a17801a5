package io.jenkins.plugins.supabase.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LeaseTest {
    private static final String STATE = "select state from supabase_delivery.deployments_current where id = 1";
    private static final String HEARTBEAT = "select heartbeat_at from supabase_delivery.deployments where id = 1";

    private LedgerFixture fixture;

    @BeforeEach
    void createDatabase() throws SQLException {
        fixture = new LedgerFixture();
    }

    @Test
    void shouldKeepItsLeaseByItself() throws Exception {
        try (Ledger ledger = fixture.open(new Lease(Duration.ofMillis(20), Duration.ofSeconds(60)));
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            List<String> first = fixture.database.query(HEARTBEAT);
            await(() -> !fixture.database.query(HEARTBEAT).equals(first));

            open.assertCurrent();
            open.end(Outcome.SUCCEEDED, "", null);
        }
    }

    @Test
    void shouldBeatOnAfterACut() throws Exception {
        try (Ledger ledger = fixture.open(new Lease(Duration.ofMillis(20), Duration.ofSeconds(60)));
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            fixture.endSessions();
            List<String> cut = fixture.database.query(HEARTBEAT);
            await(() -> !fixture.database.query(HEARTBEAT).equals(cut));
            open.assertCurrent();
        }
    }

    @Test
    void shouldReadInterruptedWhenItsProcessIsGone() throws Exception {
        try (Ledger ledger = fixture.open(new Lease(Duration.ofMillis(50), Duration.ofMillis(100)))) {
            ledger.begin(LedgerFixture.deployment("op-1")).close();
            await(() -> fixture.database.query(STATE).equals(List.of("INTERRUPTED")));

            assertThat(fixture.database.query("select state from"
                    + " supabase_delivery.deployments")).containsExactly("RUNNING");
            assertThat(ledger.ask(LedgerReader::running)).isEmpty();
            assertThat(ledger.ask(LedgerReader::newest).orElseThrow())
                    .returns(DeploymentState.INTERRUPTED, Deployment::state)
                    .matches(deployment -> deployment.endedAt().equals(deployment.leaseExpiresAt()));
        }
    }

    @Test
    void shouldNotReviveALeaseThatRanOut() throws Exception {
        try (Ledger ledger = fixture.open();
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            fixture.expireLeases();

            assertThatThrownBy(open::assertCurrent)
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("could give no sign of life for longer than its lease of 600 s");
            open.step("migration", "1_init.sql").failed("stopped, as the lease is lost");
            assertThat(fixture.database.query(STATE)).containsExactly("INTERRUPTED");

            open.end(Outcome.FAILED, "The lease was lost.", null);
            assertThat(fixture.database.query(STATE)).containsExactly("FAILED");
        }
    }

    @Test
    void shouldLoseTheLeaseWhenNoHeartbeatCanBeWritten() throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        ConnectionSource source = () -> {
            if (gone.get()) {
                throw new SQLException("No route to host", "08001");
            }
            return fixture.database.connect();
        };
        try (Ledger ledger = Ledger.open(source, new Lease(Duration.ofMillis(100), Duration.ofMillis(400)));
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            gone.set(true);
            fixture.endSessions();
            await(() -> fixture.database.query(STATE).equals(List.of("INTERRUPTED")));
            gone.set(false);

            assertThatThrownBy(open::assertCurrent)
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("could give no sign of life");
        }
    }

    @Test
    void shouldRefuseEverythingOnceSomebodyTookOver() throws Exception {
        try (Ledger old = fixture.open();
                Ledger other = fixture.open();
                OpenDeployment open = old.begin(LedgerFixture.deployment("op-1"))) {
            RunningStep step = open.step("migration", "1_init.sql");
            try (OpenDeployment next = other.begin(LedgerFixture.deployment("op-2"))) {
                refused(open::assertCurrent);
                refused(() -> open.step("migration", "2_more.sql"));
                refused(() -> step.done(""));
                refused(() -> open.record(List.of(new FinishedStep("function", "a", StepState.DONE, 1, ""))));
                refused(() -> open.saveSnapshot("config", "auth", new byte[1]));
                refused(() -> open.saveSnapshot("function", "hello", new byte[100_000]));
                refused(open::snapshotsTaken);
                refused(() -> open.end(Outcome.SUCCEEDED, "", LedgerFixture.state("1")));
                next.assertCurrent();
                next.end(Outcome.SUCCEEDED, "", null);
            }
            refused(open::assertCurrent);
            assertThat(fixture.database.query("select deployment_id || subject || state from supabase_delivery.steps"))
                    .containsExactly("11_init.sqlINTERRUPTED");
            assertThat(fixture.database.query("select count(*) from supabase_delivery.snapshots")).containsExactly("0");
            assertThat(fixture.database.query("select state from supabase_delivery.deployments order by id"))
                    .containsExactly("INTERRUPTED", "SUCCEEDED");
        }
    }

    @Test
    void shouldSayThatItsRowIsGone() throws Exception {
        try (Ledger ledger = fixture.open();
                OpenDeployment open = ledger.begin(LedgerFixture.deployment("op-1"))) {
            fixture.database.execute("delete from supabase_delivery.deployments");

            assertThatThrownBy(open::assertCurrent).hasMessageContaining("Deployment 1 is no longer in the ledger");
        }
    }

    @Test
    void shouldWantAHeartbeatWithinTheLease() {
        assertThatThrownBy(() -> new Lease(Duration.ofSeconds(60), Duration.ofSeconds(60)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Deployment 1 is no longer the current one")
                .hasMessageContaining("deployment 2 of alice, build https://jenkins.example/job/shop/op-2/")
                .hasMessageContaining("took over");
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.sleep(10);
        }
    }
}

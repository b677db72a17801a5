package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedDeploymentTest {
    @TempDir
    private Path workspace;

    private DeployFixture app;

    @BeforeEach
    void project() throws Exception {
        app = new DeployFixture(workspace);
        app.write("migrations/1_polls.sql", "create table polls (id int primary key);")
                .write("rollbacks/1_polls.sql", "drop table polls;")
                .write("config.toml", "[auth]\njwt_expiry = 1800\n");
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void whatWasStoppedInTheMiddleTellsItsSteps() throws Exception {
        app.write("migrations/2_slow.sql", "select pg_sleep(300);");
        DeployRequest request = app.request();
        Thread deploying = Thread.currentThread();
        Progress progress = line -> {
            app.log.add(line);
            if (line.startsWith("[1/2]")) {
                new Thread(() -> interruptSoon(deploying)).start();
            }
        };
        Deployer deployer = new Deployer(request, progress);
        PlannedDeployment planned = deployer.plan();
        assertThatThrownBy(() -> deployer.apply(planned)).isInstanceOf(InterruptedException.class);
        Thread.interrupted();

        DeployResult recorded = find(request.origin()).orElseThrow();

        assertThat(recorded.message()).startsWith("Stopped.").contains("1_polls.sql");
        assertThat(app.log).contains(recorded.message().replace("Stopped. ", ""));
        assertThat(recorded.steps())
                .filteredOn(StepReport::interrupted)
                .extracting(StepReport::kind)
                .containsExactly("migrations");
        assertThat(recorded.migrations()).extracting(migration -> migration.fileName()).containsExactly("1_polls.sql");
        assertThat(recorded.deployment()).isEqualTo(1);
    }

    @Test
    void rollbackTellsItsStepsToo() throws Exception {
        app.deploy();
        app.write("migrations/2_more.sql", "create table more (id int);").write("rollbacks/2_more.sql", "drop table more;");
        app.deploy();
        Origin origin = app.origin();
        Rollback rollback = new Rollback(
                new RollbackRequest(
                        app.environment(),
                        app.access(),
                        null,
                        app.previousSecrets,
                        null,
                        List.of(app.destination()),
                        origin,
                        null),
                app.log::add);
        rollback.apply(rollback.plan());

        DeployResult recorded = find(origin).orElseThrow();

        assertThat(recorded.outcome()).isEqualTo(DeployResult.Outcome.SUCCEEDED);
        assertThat(recorded.steps()).extracting(StepReport::label).contains("rollback migrations");
        assertThat(recorded.migrations()).isEmpty();
    }

    @Test
    void nobodyKnowsOfWhatWasNeverBegun() throws Exception {
        assertThat(find(app.origin())).isEmpty();
        app.deploy();
        assertThat(find(app.origin())).isEmpty();
        Access noDatabase = new Access(app.access().accessToken(), null, null, null);
        assertThat(RecordedDeployment.find(app.environment(), noDatabase, "some")).isEmpty();
    }

    /** A line about the second file comes when it has run for long. */
    private static void interruptSoon(Thread thread) {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private Optional<DeployResult> find(Origin origin) throws InterruptedException {
        return RecordedDeployment.find(app.environment(), app.access(), origin.operationId());
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.ProbeResult;
import io.jenkins.plugins.supabase.core.health.Verdict;
import io.jenkins.plugins.supabase.core.ledger.HealthLog;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health checks leave in the ledger. */
class RecordedHealthTest {
    private static final String CHECKS =
            "select verdict || ' ' || coalesce(deployment_id::text, '-') || ' ' || actor || ' ' || failing::text"
                    + " from supabase_delivery.health_checks order by at";

    private DeployFixture fixture;

    @BeforeEach
    void prepare(@TempDir Path workspace) throws Exception {
        fixture = new DeployFixture(workspace).function("hello", "hello");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static HealthReport report(Verdict verdict) {
        return new HealthReport("staging", List.of(new ProbeResult("auth", "", verdict, 5, 1, "answered 503")), 7);
    }

    private void record(Access access, Verdict verdict) throws Exception {
        HealthLog.record(fixture.environment(), access, report(verdict), "timer", "", fixture.log::add);
    }

    @Test
    void deploymentsKeepWhatTheirCheckFound() throws Exception {
        fixture.healthy = true;

        assertThat(fixture.deploy().succeeded()).isTrue();

        assertThat(fixture.database.query(CHECKS)).containsExactly("HEALTHY 1 ada []");
    }

    @Test
    void soDoChecksByThemselves() throws Exception {
        fixture.deploy();

        record(fixture.access(), Verdict.UNHEALTHY);
        record(fixture.access(), Verdict.SKIPPED);

        assertThat(fixture.database.query(CHECKS))
                .containsExactly("UNHEALTHY - timer [\"auth: answered 503\"]", "UNKNOWN - timer []");
    }

    @Test
    void whereNothingWasDeployedThereIsNothingToKeepThemIn() throws Exception {
        record(fixture.access(), Verdict.HEALTHY);

        assertThat(fixture.database.query("select to_regnamespace('supabase_delivery')::text"))
                .containsExactly((String) null);
        assertThat(fixture.log).isEmpty();
    }

    @Test
    void thatItCouldNotBeKeptIsToldAndNoReasonToFail() throws Exception {
        fixture.deploy();
        Access wrong = new Access(null, "nobody", new SecretText("wrong"), null);

        record(wrong, Verdict.HEALTHY);

        assertThat(fixture.log).anyMatch(line -> line.startsWith("WARNING: this check is not on record"));
        assertThat(fixture.database.query(CHECKS)).isEmpty();
    }
}

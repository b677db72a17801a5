package io.jenkins.plugins.supabase.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.StepReport;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.ProbeResult;
import io.jenkins.plugins.supabase.core.health.Verdict;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultMapsTest {
    @Test
    void deploymentAsPlainData() {
        DeployResult result = new DeployResult(
                "staging",
                DeployResult.Outcome.SUCCEEDED,
                "",
                7,
                "1.2.0",
                "ab",
                "{}",
                List.of(new StepReport("restore point", "d7-2611241701", true, 3, "")),
                List.of(new MigrationOutcome("1", "polls", "1_polls.sql", 2, 12)),
                List.of(new FunctionOutcome("hello", 3, FunctionOutcome.Change.CHANGED, 1, 10, 20)),
                new HealthReport("staging", List.of(), 5),
                9,
                40);

        assertThat(ResultMaps.of(result))
                .containsEntry("environment", "staging")
                .containsEntry("outcome", "succeeded")
                .containsEntry("changed", true)
                .containsEntry("version", "1.2.0")
                .containsEntry("digest", "ab")
                .containsEntry("deployment", 7L)
                .containsEntry("restorePoint", "d7-2611241701")
                .containsEntry(
                        "migrations", List.of(Map.of("version", "1", "name", "polls", "durationMillis", 12L)))
                .containsEntry(
                        "functions",
                        List.of(Map.of("slug", "hello", "version", 3, "change", "changed", "durationMillis", 20L)))
                .containsEntry("apiCalls", 9)
                .containsEntry("durationMillis", 40L)
                .containsKey("health");
    }

    @Test
    void planAsPlainData() {
        HashMap<String, Object> map = ResultMaps.ofJson("{\"empty\": false, \"migrations\": [{\"version\": \"1\"}]}");

        assertThat(map).containsEntry("empty", false).containsEntry("migrations", List.of(Map.of("version", "1")));
        map.put("page", "supabase-plan");
    }

    @Test
    void healthAsPlainData() {
        HealthReport report = new HealthReport(
                "staging",
                List.of(new ProbeResult("auth", "https://x.test/auth/v1/health", Verdict.UNHEALTHY, 7, 2, "503")),
                9);

        assertThat(ResultMaps.of(report))
                .isEqualTo(Map.of(
                        "environment", "staging",
                        "healthy", false,
                        "probes",
                                List.of(Map.of(
                                        "name", "auth",
                                        "target", "https://x.test/auth/v1/health",
                                        "verdict", "unhealthy",
                                        "latencyMillis", 7L,
                                        "attempts", 2,
                                        "detail", "503")),
                        "durationMillis", 9L));
    }
}

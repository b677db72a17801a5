package io.jenkins.plugins.supabase.core.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.BackupStanding;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentKind;
import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.NewDeployment;
import io.jenkins.plugins.supabase.core.ledger.OpenDeployment;
import io.jenkins.plugins.supabase.core.ledger.Outcome;
import io.jenkins.plugins.supabase.core.ledger.ReleaseEntry;
import io.jenkins.plugins.supabase.core.overview.EnvironmentComparison.Change;
import io.jenkins.plugins.supabase.core.overview.EnvironmentComparison.Difference;
import io.jenkins.plugins.supabase.core.overview.EnvironmentComparison.Kind;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentSummaryTest {
    private static final String FIRST = "1".repeat(64);
    private static final String SECOND = "2".repeat(64);

    private final TestDatabase database;

    EnvironmentSummaryTest() throws Exception {
        database = TestDatabase.create();
    }

    @Test
    void databaseWithoutALedgerHasNothingToShow() throws Exception {
        assertThat(read(EnvironmentSummary.EMPTY)).isEqualTo(EnvironmentSummary.EMPTY);
    }

    @Test
    void tellsWhatRunsAndSinceWhen() throws Exception {
        try (Ledger ledger = Ledger.open(database::connect)) {
            deploy(ledger, "shop/1", FIRST, Outcome.SUCCEEDED);
            deploy(ledger, "shop/2", SECOND, Outcome.SUCCEEDED);
            deploy(ledger, "other/1", SECOND, Outcome.SUCCEEDED);
            deploy(ledger, "shop/3", FIRST, Outcome.FAILED);
        }

        EnvironmentSummary summary = read(EnvironmentSummary.EMPTY);

        assertThat(summary.recent()).extracting(Deployment::id).containsExactly(4L, 3L, 2L, 1L);
        assertThat(summary.running().deployment().id()).isEqualTo(3);
        assertThat(summary.running().since()).isEqualTo(summary.recent().get(2).endedAt());
        assertThat(summary.running().commit()).isEqualTo("c0ffee");
        assertThat(summary.running().migrations()).containsExactly("1_polls.sql", "2_votes.sql");
        assertThat(summary.lastEnded()).get().extracting(Deployment::state).isEqualTo(DeploymentState.FAILED);
        assertThat(summary.jobs())
                .containsExactly("https://jenkins.example/job/other/", "https://jenkins.example/job/shop/");
        assertThat(summary.head().seq()).isEqualTo(8);
        assertThat(summary.health()).isNull();
        assertThat(summary.backups()).isEqualTo(BackupStanding.NONE);
    }

    @Test
    void laterReadingFindsWhatIsNew() throws Exception {
        EnvironmentSummary before;
        try (Ledger ledger = Ledger.open(database::connect)) {
            deploy(ledger, "shop/1", FIRST, Outcome.SUCCEEDED);
            before = read(EnvironmentSummary.EMPTY);
            assertThat(read(before).running()).isSameAs(before.running());
            deploy(ledger, "other/1", SECOND, Outcome.SUCCEEDED);
            ledger.append(new AuditEvent(
                    "alice",
                    "backup.verified",
                    "backup/7",
                    JsonNodeFactory.instance.objectNode().put("rtoMillis", 1500)));
        }

        EnvironmentSummary after = read(before);

        assertThat(after.running().deployment().releaseDigest()).isEqualTo(SECOND);
        assertThat(after.jobs()).hasSize(2);
        assertThat(after.backups().newest().id()).isEqualTo("7");
        assertThat(after.backups().drill().rto()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void comparisonSaysWhatAPromotionWouldChange() throws Exception {
        RunningState staging = read(deployedTo(database, SECOND)).running();
        RunningState production = read(deployedTo(TestDatabase.create(), FIRST)).running();

        EnvironmentComparison comparison = EnvironmentComparison.of(staging, production);

        assertThat(comparison.sameRelease()).isFalse();
        assertThat(comparison.migrations()).containsExactly("2_votes.sql");
        assertThat(comparison.missing()).isEmpty();
        assertThat(comparison.differences())
                .containsExactly(
                        new Difference(Kind.FUNCTION, "hello", Change.CHANGED),
                        new Difference(Kind.FUNCTION, "new", Change.ADDED),
                        new Difference(Kind.FUNCTION, "old", Change.REMOVED),
                        new Difference(Kind.CONFIG, "auth.site_url", Change.CHANGED));
        assertThat(EnvironmentComparison.of(staging, staging).differences()).isEmpty();
        assertThat(EnvironmentComparison.of(staging, null).migrations()).hasSize(2);
    }

    private EnvironmentSummary read(EnvironmentSummary before) throws Exception {
        try (Connection connection = database.connect()) {
            return EnvironmentSummary.read(Ledger.read(connection), before);
        }
    }

    private EnvironmentSummary read(TestDatabase other) throws Exception {
        try (Connection connection = other.connect()) {
            return EnvironmentSummary.read(Ledger.read(connection), EnvironmentSummary.EMPTY);
        }
    }

    private static TestDatabase deployedTo(TestDatabase database, String release) {
        try (Ledger ledger = Ledger.open(database::connect)) {
            deploy(ledger, "shop/1", release, Outcome.SUCCEEDED);
        }
        return database;
    }

    private static void deploy(Ledger ledger, String build, String release, Outcome outcome) {
        boolean first = release.equals(FIRST);
        String files = first ? "" : ", {\"path\": \"supabase/migrations/2_votes.sql\"}";
        NewDeployment deployment = new NewDeployment(
                build,
                DeploymentKind.DEPLOY,
                new ReleaseEntry(
                        release,
                        "1." + release.charAt(0),
                        "{\"commit\": \"c0ffee\", \"files\": [{\"path\": \"supabase/migrations/1_polls.sql\"}" + files
                                + ", {\"path\": \"supabase/functions/hello/index.ts\"}]}"),
                "a".repeat(64),
                "{}",
                "direct",
                "alice",
                "https://jenkins.example/job/" + build + "/",
                "https://jenkins.example/");
        try (OpenDeployment open = ledger.begin(deployment)) {
            open.end(
                    outcome,
                    "",
                    EnvironmentState.of(
                            List.of(
                                    new RecordedFunction("hello", release, 7, null, null),
                                    new RecordedFunction(first ? "old" : "new", release, 1, null, null)),
                            Map.of("auth.site_url", release),
                            List.of(new RecordedSecret("STRIPE_KEY", release, null)),
                            Map.of(),
                            Map.of("table public.polls", "d")));
        }
    }
}

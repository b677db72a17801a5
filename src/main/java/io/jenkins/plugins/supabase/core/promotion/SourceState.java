package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.ledger.HealthEntry;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.ledger.Tenure;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the ledger of the environment that is promoted from says.
 *
 * @param checks of its health since a soak ago, or since the release came; those of the deployment that brought it
 *     included
 * @param last   health check of whatever age; null where there is none
 */
record SourceState(Tenure tenure, List<HealthEntry> checks, HealthEntry last) {
    /** A deployment checks before it ends, and may take that long for it. */
    private static final Duration BEFORE_ITS_END = Duration.ofHours(1);

    /** @throws DeliveryException where nothing runs there */
    static SourceState read(PromotionRequest request) throws InterruptedException {
        return ask(request, reader -> {
            Tenure tenure = reader.tenure().orElseThrow(() -> nothing(request));
            return new SourceState(
                    tenure,
                    reader.healthChecks(begin(tenure).minus(BEFORE_ITS_END)),
                    reader.lastHealthCheck().orElse(null));
        });
    }

    private static Instant begin(Tenure tenure) {
        return tenure.certain() ? tenure.since() : tenure.now();
    }

    /** @return authors of the commits that come with the release that runs, after the one that the target has */
    static List<String> authors(PromotionRequest request, String digest, String runningInTarget)
            throws InterruptedException {
        return ask(request, reader -> reader.authors(digest, runningInTarget));
    }

    private interface Question<T> {
        T ask(LedgerReader reader);
    }

    private static <T> T ask(PromotionRequest request, Question<T> question) throws InterruptedException {
        try (Connection connection = Database.open(request.from(), request.fromAccess())) {
            return question.ask(Ledger.read(connection));
        } catch (SQLException e) {
            throw new DeliveryException("The ledger of the environment \"" + request.from().name()
                    + "\" could not be read: " + e.getMessage() + ". Nothing was changed. Check its database, then run the build again.", e);
        }
    }

    private static DeliveryException nothing(PromotionRequest request) {
        return new DeliveryException("Nothing can be promoted from the environment \"" + request.from().name()
                + "\": its ledger knows no deployment that succeeded. Nothing was changed. Deploy a release to it with"
                + " supabaseDeploy, then promote that.");
    }
}

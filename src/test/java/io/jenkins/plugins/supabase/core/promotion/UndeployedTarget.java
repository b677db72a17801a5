package io.jenkins.plugins.supabase.core.promotion;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A promotion to an environment to which nothing was ever deployed, for tests of other packages. */
public final class UndeployedTarget implements AutoCloseable {
    private final PromotionFixture app;
    private final PlannedPromotion planned;

    public UndeployedTarget(Path workspace) throws Exception {
        app = new PromotionFixture(workspace);
        app.staging.deploy();
        planned = app.plan();
    }

    public PromotionRequest request() throws Exception {
        return app.request();
    }

    /** @return with a rejection by bob */
    public DecisionRecord rejected() throws Exception {
        Ballot ballot = planned.ballot(Instant.now())
                .with(Decision.reject(PromotionFixture.BOB, "not today", planned.planDigest(), Instant.now()));
        return new DecisionRecord(app.request().deployment().origin(), planned, ballot, null);
    }

    /** @return where nobody decided in time */
    public DecisionRecord expired() throws Exception {
        return new DecisionRecord(
                app.request().deployment().origin(), planned, planned.ballot(Instant.EPOCH), null);
    }

    /** @return kinds of events about promotions in the target's ledger; empty where it has none */
    public List<String> events() throws Exception {
        return hasLedger() ? app.production.events("promotion.%") : List.of();
    }

    public boolean hasLedger() throws Exception {
        return app.production.database.query("select to_regnamespace('supabase_delivery')::text").get(0) != null;
    }

    @Override
    public void close() {
        app.close();
    }
}

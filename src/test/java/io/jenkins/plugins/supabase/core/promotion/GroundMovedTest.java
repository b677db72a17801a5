package io.jenkins.plugins.supabase.core.promotion;

import static io.jenkins.plugins.supabase.core.promotion.PromotionFixture.both;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult.Outcome;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import org.junit.jupiter.api.Test;

/** What somebody changes while a promotion waits for approvals. */
class GroundMovedTest extends StagedRelease {
    private void assertMoved(PlannedPromotion planned, String change) throws Exception {
        String before = app.production.runs();
        PromotionResult result = app.apply(planned, both(planned));

        assertThat(result.outcome()).isEqualTo(Outcome.GROUND_MOVED);
        assertThat(result.changes()).anySatisfy(line -> assertThat(line).contains(change));
        assertThat(result.deployment()).isNull();
        assertThat(app.production.runs()).isEqualTo(before);
        assertThat(app.production.events("promotion.%")).endsWith("promotion.voided");
        assertThat(app.log).contains(result.message());

        PlannedPromotion anew = app.plan();
        assertThat(app.apply(anew, both(planned)).outcome()).as("old approvals").isEqualTo(Outcome.GATE_CLOSED);
    }

    @Test
    void approvalsAreVoidWhenSomebodyChangesTheConfiguration() throws Exception {
        app.write("config.toml", "[auth]\nsite_url = \"https://new.test\"\n");
        app.staging.deploy();
        PlannedPromotion planned = app.plan();
        app.production.project.config().merge(
                Section.AUTH, new JsonMapper().readTree("{\"site_url\": \"https://somebody.test\"}"));

        assertMoved(planned, "\"https://somebody.test\" → \"https://new.test\"");
    }

    @Test
    void approvalsAreVoidWhenSomebodyDeploysToTheTarget() throws Exception {
        app.production.deploy();
        app.function("two");
        app.staging.deploy();
        PlannedPromotion planned = app.plan();
        app.function("three");
        app.production.deploy();

        assertMoved(planned, "running in production: was");
    }

    @Test
    void approvalsAreVoidWhenSomebodyChangesTheSchema() throws Exception {
        app.production.deploy();
        app.function("two");
        app.staging.deploy();
        PlannedPromotion planned = app.plan();
        app.production.database.execute("create table shadow (id int)");

        assertMoved(planned, "shadow");
    }

    @Test
    void approvalsAreVoidWhenAMigrationIsAppliedByOtherWays() throws Exception {
        PlannedPromotion planned = app.plan();
        app.production.database.execute("create schema if not exists supabase_migrations; create table"
                + " supabase_migrations.schema_migrations (version text primary key, statements text[], name text);"
                + " insert into supabase_migrations.schema_migrations values ('0', '{}', 'unknown')");

        PromotionResult result = app.apply(planned, both(planned));

        assertThat(result.outcome()).isEqualTo(Outcome.GROUND_MOVED);
        assertThat(app.production.database.query("select to_regclass('public.polls')::text"))
                .containsExactly((String) null);
    }

    @Test
    void approvalsAreVoidWhenAnotherReleaseRunsInTheSource() throws Exception {
        PlannedPromotion planned = app.plan();
        app.function("two");
        app.staging.deploy();

        assertMoved(planned, "running in staging: was");
    }
}

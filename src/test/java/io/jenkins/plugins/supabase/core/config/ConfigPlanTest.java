package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigPlanTest extends ConfigFixture {
    private static final String CONFIG = """
            [api]
            schemas = ["public", "graphql_public"]
            max_rows = 500
            [db.ssl_enforcement]
            enabled = true
            [db.network_restrictions]
            enabled = true
            allowed_cidrs = ["203.0.113.0/24"]
            [db.pooler]
            default_pool_size = 25
            [db.settings]
            statement_timeout = "8s"
            max_connections = 120
            [storage]
            file_size_limit = "5MiB"
            [storage.vector]
            enabled = true
            max_buckets = 3
            [auth]
            site_url = "https://example.com"
            enable_signup = false
            minimum_password_length = 12
            password_requirements = "lower_upper_letters_digits"
            [auth.email]
            enable_confirmations = true
            max_frequency = "1m"
            [auth.sessions]
            timebox = "24h"
            [auth.captcha]
            enabled = true
            provider = "turnstile"
            secret = "env(CAPTCHA)"
            """;

    @Test
    void namesEveryKeyThatIsDeclaredAndDiffers() throws Exception {
        ConfigPlan plan = plan(CONFIG, secret("CAPTCHA", "s3cr3t"), ALLOW_ALL);

        assertThat(plan.changes()).extracting(ConfigPlanTest::text).containsExactly(
                "ssl db.ssl_enforcement.enabled: false -> true",
                "network_restrictions db.network_restrictions.allowed_cidrs: [0.0.0.0/0] -> [203.0.113.0/24]",
                "database db.settings.max_connections: null -> 120",
                "database db.settings.statement_timeout: null -> \"8s\"",
                "pooler db.pooler.default_pool_size: 15 -> 25",
                "api api.max_rows: 1000 -> 500",
                "auth auth.captcha.enabled: false -> true",
                "auth auth.captcha.provider: \"hcaptcha\" -> \"turnstile\"",
                "auth auth.captcha.secret: changed",
                "auth auth.email.enable_confirmations: false -> true",
                "auth auth.email.max_frequency: \"1s\" -> \"1m0s\"",
                "auth auth.enable_signup: true -> false",
                "auth auth.minimum_password_length: 8 -> 12",
                "auth auth.password_requirements: \"\" -> \"lower_upper_letters_digits\"",
                "auth auth.sessions.timebox: \"0s\" -> \"24h0m0s\"",
                "auth auth.site_url: \"http://localhost:3000\" -> \"https://example.com\"",
                "storage storage.file_size_limit: \"50MiB\" -> \"5MiB\"",
                "storage storage.vector.max_buckets: 10 -> 3");
        assertThat(plan.notes()).containsExactly("Changing db.settings.max_connections restarts the database.");
    }

    @Test
    void changesNothingByBeingMade() throws Exception {
        plan(CONFIG, secret("CAPTCHA", "s3cr3t"), ALLOW_ALL);

        assertThat(standIn.requests().matching("* /**")).allSatisfy(request ->
                assertThat(request.method()).isEqualTo("GET"));
    }

    @Test
    void onceAppliedThereIsNothingLeft() throws Exception {
        ConfigOutcome outcome = apply(plan(CONFIG, secret("CAPTCHA", "s3cr3t"), ALLOW_ALL));

        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        assertThat(project.config().section(Section.AUTH).path("security_captcha_secret").asText()).isEqualTo("s3cr3t");
        assertThat(plan(CONFIG, secret("CAPTCHA", "s3cr3t"), ALLOW_ALL).isEmpty()).isTrue();
        assertThat(plan(CONFIG, secret("CAPTCHA", "other"), ALLOW_ALL).changes())
                .extracting(ConfigPlanTest::text)
                .containsExactly("auth auth.captcha.secret: changed");
    }

    @Test
    void costsOneCallWhereNothingDiffers() throws Exception {
        plan("");

        assertThat(standIn.requests().count("* /**")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 501})
    void readsSectionBySectionWhereTheApiDoesNotGiveAllAtOnce(int status) throws Exception {
        standIn.faults().always("GET /v2/projects/*/config", Fault.status(status));

        ConfigOutcome outcome = apply(plan(CONFIG, secret("CAPTCHA", "s3cr3t"), ALLOW_ALL));

        assertThat(outcome.isSuccess()).as(outcome.toString()).isTrue();
        assertThat(plan(CONFIG, secret("CAPTCHA", "s3cr3t"), ALLOW_ALL).isEmpty()).isTrue();
    }

    static String text(ConfigChange change) {
        return "%s %s: %s".formatted(change.section(), change.key(),
                change.secret() ? "changed" : change.from() + " -> " + change.to());
    }
}

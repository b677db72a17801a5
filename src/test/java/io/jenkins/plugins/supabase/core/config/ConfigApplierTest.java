package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.core.config.ConfigOutcome.State;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.time.Duration;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigApplierTest extends ConfigFixture {
    private static final String CONFIG = """
            [db.ssl_enforcement]
            enabled = true
            [db.settings]
            work_mem = "8MB"
            [auth]
            minimum_password_length = 10
            [auth.captcha]
            enabled = true
            provider = "turnstile"
            secret = "env(CAPTCHA)"
            [storage]
            file_size_limit = "1MiB"
            """;

    private final Variables variables = secret("CAPTCHA", "secret-of-the-captcha");

    @Test
    void oneCallASectionAndOneLook() throws Exception {
        ConfigPlan plan = plan(CONFIG, variables, ALLOW_ALL);
        standIn.requests().clear();

        ConfigOutcome outcome = new ConfigApplier(client, lines::add, Duration.ofMillis(20)).apply(plan);

        assertThat(outcome.isSuccess()).isTrue();
        assertThat(standIn.requests().lines()).containsExactly(
                "PUT /v1/projects/" + REF + "/ssl-enforcement",
                "PATCH /v1/projects/" + REF + "/config/database/postgres",
                "PATCH /v1/projects/" + REF + "/config/auth",
                "PATCH /v1/projects/" + REF + "/config/storage",
                "GET /v2/projects/" + REF + "/config");
        assertThat(lines).contains("Changed 4 fields of auth.");
    }

    @Test
    void aRefusedSectionLeavesItAndThoseAfterItAsTheyWere() throws Exception {
        standIn.faults().next("PATCH /v1/projects/*/config/auth",
                Fault.status(400, "security_captcha_secret is invalid: secret-of-the-captcha"));

        ConfigOutcome outcome = apply(plan(CONFIG, variables, ALLOW_ALL));

        assertThat(states(outcome)).containsExactly(
                tuple("ssl", State.LIVE),
                tuple("database", State.LIVE),
                tuple("auth", State.REFUSED),
                tuple("storage", State.NOT_TRIED));
        assertThatThrownBy(outcome::requireSuccess)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("(400) with \"security_captcha_secret is invalid: ****\"")
                .hasMessageContaining("live: db.ssl_enforcement.enabled, db.settings.work_mem; as before: "
                        + "auth.minimum_password_length, auth.captcha.enabled")
                .hasMessageContaining("not tried: storage.file_size_limit")
                .hasMessageContaining("Deploying again changes only what still differs.")
                .hasMessageNotContaining("secret-of-the-captcha");
        assertThat(apply(plan(CONFIG, variables, ALLOW_ALL)).isSuccess()).isTrue();
        assertThat(plan(CONFIG, variables, ALLOW_ALL).isEmpty()).isTrue();
    }

    @Test
    void aCallWhoseAnswerIsLostIsMadeAgain() throws Exception {
        standIn.faults().next("PATCH /v1/projects/*/config/auth", Fault.cut());
        standIn.faults().next("PATCH /v1/projects/*/config/storage", Fault.status(503));

        assertThat(apply(plan(CONFIG, variables, ALLOW_ALL)).isSuccess()).isTrue();
    }

    @Test
    void whatCannotBeKnownIsSaidToBeUnknown() throws Exception {
        ConfigPlan plan = plan(CONFIG, variables, ALLOW_ALL);
        standIn.faults().always("PATCH /v1/projects/*/config/auth", Fault.status(500));

        ConfigOutcome outcome = apply(plan);

        assertThat(states(outcome)).contains(tuple("auth", State.UNKNOWN), tuple("storage", State.NOT_TRIED));
        assertThatThrownBy(outcome::requireSuccess).hasMessageContaining("not known: auth.minimum_password_length");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void anOlderPlatformGetsAllDatabaseOverridesAtOnce(int status) throws Exception {
        apply(plan("[db.settings]\nmaintenance_work_mem = \"64MB\"\n"));
        standIn.faults().always("PATCH /v1/projects/*/config/database/postgres", Fault.status(status));

        assertThat(apply(plan(CONFIG, variables, ALLOW_ALL)).isSuccess()).isTrue();
        assertThat(project.config().section(Section.POSTGRES).toString())
                .contains("\"maintenance_work_mem\":\"64MB\"", "\"work_mem\":\"8MB\"");
    }

    @Test
    void aChangeThatTheApiTakesAndDoesNotMakeIsNoticed() throws Exception {
        ConfigPlan plan = plan(CONFIG, variables, ALLOW_ALL);
        standIn.faults().always("PATCH /v1/projects/*/config/auth", Fault.body(200, "application/json", "{}"));

        ConfigOutcome outcome = apply(plan);

        assertThat(states(outcome)).contains(
                tuple("auth", State.NOT_VERIFIED), tuple("storage", State.LIVE));
        assertThatThrownBy(outcome::requireSuccess)
                .hasMessageStartingWith("The Management API took the change of auth, but what it shows now is "
                        + "something else.")
                .hasMessageContaining("taken, but not read back as wanted: auth.minimum_password_length");
    }

    @Test
    void aLookThatFailsLeavesOpenWhatIsLive() throws Exception {
        ConfigPlan plan = plan(CONFIG, variables, ALLOW_ALL);
        standIn.faults().always("GET /v2/projects/*/config", Fault.status(401));

        ConfigOutcome outcome = new ConfigApplier(client, lines::add, Duration.ofMillis(20)).apply(plan);

        assertThat(outcome.sections()).allMatch(section -> section.state() == State.NOT_VERIFIED);
        assertThatThrownBy(outcome::requireSuccess).hasMessageContaining("(401)");
    }

    @Test
    void aSecretThatTheApiDoesNotLetCompareIsComparedWithWhatWasRecorded() throws Exception {
        apply(plan(CONFIG, variables, ALLOW_ALL));
        standIn.faults().always("GET /v2/projects/*/config", Fault.status(404));
        standIn.faults().always("GET /v1/projects/*/config/auth", Fault.body(200, "application/json", """
                {"password_min_length": 10, "security_captcha_enabled": true, "security_captcha_provider": "turnstile",
                 "security_captcha_secret": "(hidden)"}"""));
        ConfigPlan unknown = plan(CONFIG, variables, ALLOW_ALL);
        assertThat(unknown.changes()).extracting(ConfigChange::key).containsExactly("auth.captcha.secret");
        assertThat(unknown.secretFingerprints().toString()).doesNotContain("secret-of-the-captcha");

        recorded.putAll(unknown.secretFingerprints());

        assertThat(plan(CONFIG, variables, ALLOW_ALL).changes()).isEmpty();
        assertThat(plan(CONFIG, secret("CAPTCHA", "another"), ALLOW_ALL).changes()).hasSize(1);
    }

    private static List<Tuple> states(ConfigOutcome outcome) {
        return outcome.sections().stream().map(section -> tuple(section.label(), section.state())).toList();
    }
}

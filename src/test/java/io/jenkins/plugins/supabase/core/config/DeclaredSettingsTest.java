package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredSettingsTest extends ConfigFixture {
    private static final String FILE = """
            x-shared: &shared
              ssl_required: true
              rate_limits: {sign_in_sign_ups: 20}
            production:
              max_connections: 1
            staging:
              <<: *shared
              supabase_url: "${STAGING_URL}"
              max_connections: "${POOL}"
              statement_timeout: 20s
              site_url: "https://${HOST}/app"
              redirect_urls: ["https://${HOST}/back"]
              allowed_networks: [203.0.113.0/24, "2001:db8::/32"]
              leaked_password_protection: true
              realtime_max_clients: 500
              debug_mode: true
              log_level: "${LEVEL}"
            """;

    @Test
    void eachKeySetsWhatTheTableSays() throws Exception {
        DeclaredSettings settings = settings(FILE, variables());
        ConfigPlan plan = plan(settings, "");

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.settings()).extracting(SettingChange::toString).containsExactly(
                "SettingChange[key=ssl_required, sets=ssl.database, from=false, to=true]",
                "SettingChange[key=allowed_networks, sets=network_restrictions.allowed_cidrs, from=[0.0.0.0/0], "
                        + "to=[203.0.113.0/24]]",
                "SettingChange[key=allowed_networks, sets=network_restrictions.allowed_cidrs_v6, from=[::/0], "
                        + "to=[2001:db8::/32]]",
                "SettingChange[key=statement_timeout, sets=database.statement_timeout, from=null, to=\"20s\"]",
                "SettingChange[key=max_connections, sets=pooler.default_pool_size, from=15, to=30]",
                "SettingChange[key=redirect_urls, sets=auth.uri_allow_list, from=[], to=[https://example.com/back]]",
                "SettingChange[key=rate_limits.sign_in_sign_ups, sets=auth.rate_limit_otp, from=30, to=20]",
                "SettingChange[key=site_url, sets=auth.site_url, from=\"http://localhost:3000\", "
                        + "to=\"https://example.com/app\"]",
                "SettingChange[key=leaked_password_protection, sets=auth.password_hibp_enabled, from=false, to=true]",
                "SettingChange[key=realtime_max_clients, sets=realtime.max_concurrent_users, from=200, to=500]");
        assertThat(settings.functionSecrets())
                .containsExactly(Map.entry("DEBUG", new SecretText("true")), Map.entry("LOG_LEVEL",
                        new SecretText("warn")));

        assertThat(apply(plan)).matches(ConfigOutcome::isSuccess);
        assertThat(plan(settings, "").isEmpty()).isTrue();
        assertThat(project.config().section(Section.AUTH).path("password_hibp_enabled").asBoolean()).isTrue();
    }

    @Test
    void bothFilesGoIntoOnePatchASection() throws Exception {
        ConfigPlan plan = plan(settings("staging:\n  jwt_expiry: 600\n", Variables.NONE),
                "[auth]\nenable_signup = false\n");
        standIn.requests().clear();

        apply(plan);

        assertThat(standIn.requests().count("PATCH /v1/projects/*/config/auth")).isEqualTo(1);
        assertThat(plan.changes()).hasSize(1);
        assertThat(plan.settings()).hasSize(1);
    }

    @Test
    void twoValuesForOneThingAreAConflictAndTheSameOneTwiceIsNone() throws Exception {
        DeclaredSettings settings = settings("staging:\n  jwt_expiry: 600\n", Variables.NONE);

        assertThat(plan(settings, "[auth]\njwt_expiry = 600\n").changes()).hasSize(1);
        assertThatThrownBy(() -> plan(settings, "[auth]\njwt_expiry = 900\n"))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("auth.jwt_expiry (supabase/config.toml line 2) and jwt_expiry "
                        + "(supabase/environments.yml line 2) "
                        + "set the same thing of the project to different values. Nothing was changed. Keep one of "
                                + "them.");
    }

    @Test
    void weakeningIsRefusedByTheFilesOwnName() throws Exception {
        DeclaredSettings settings = settings("staging:\n  jwt_expiry: 7200\n", Variables.NONE);

        assertThat(plan(settings, DeployPolicy.NONE).refusals()).extracting(ConfigRefusal::key)
                .containsExactly("jwt_expiry");
        for (String allowed : List.of("jwt_expiry", "auth.jwt_expiry")) {
            assertThat(plan(settings, new DeployPolicy(false, List.of(allowed), false, null)).refusals()).isEmpty();
        }
    }

    @Test
    void anEnvironmentThatTheFileDoesNotNameHasNoSettings() throws IOException {
        assertThat(settings("stagign:\n  jwt_expiry: 600\n", Variables.NONE).notes()).containsExactly(
                "supabase/environments.yml says nothing of the environment \"staging\"; did you mean 'stagign'?");
        assertThat(DeclaredSettings.read(workspace, client.environment(), Variables.NONE))
                .isSameAs(DeclaredSettings.NONE);
    }

    @Test
    void valuesOfCredentialsAreNotShown() throws Exception {
        ConfigPlan plan = plan(settings("staging:\n  site_url: \"https://${HOST}\"\n", secret("HOST",
                "hidden.example.com")), "");

        assertThat(plan.settings()).containsExactly(new SettingChange("site_url", "auth.site_url", null, "****"));
        assertThat(plan.settings().toString() + plan.snapshot().toJson()).doesNotContain("hidden.example.com");
    }

    @Test
    void anotherProjectsAddressIsRefused() {
        assertThatThrownBy(() -> settings("staging:\n  supabase_url: https://other.supabase.co\n", Variables.NONE))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("line 2: supabase_url of \"staging\" is https://other.supabase.co, but")
                .hasMessageContaining(project.url());
    }

    @Test
    void variablesThatAreNotSetAreNamed() {
        assertThatThrownBy(() -> settings(FILE, Variables.NONE)).hasMessageContaining(
                "staging.supabase_url in line 8 needs STAGING_URL; staging.max_connections in line 9 needs POOL");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "staging:; max_conections: 5 | line 2: staging.max_conections is no key that is known here; did you mean",
        "production:; rate_limits: {email_snt: 5} | line 2: production.rate_limits.email_snt is no key",
        "staging:; max_connections: many | line 2: staging.max_connections must be a whole number",
        "staging:; max_connections: 0 | line 2: staging.max_connections must be from 1 to 3000",
        "staging:; ssl_required: perhaps | line 2: staging.ssl_required must be true or false",
        "staging:; pool_mode: statement | line 2: staging.pool_mode must be one of transaction, session",
        "staging:; rate_limits: strict | line 2: staging.rate_limits must be a mapping",
        "staging: 5 | line 1: staging must be a mapping",
        "- staging | line 1: the file must be a mapping",
        "st aging: {} | line 1: st aging is no key that is known here",
        "staging:; max_rows: 5; max_rows: 6 | line 3: max_rows stands twice",
        "staging: *missing | line 1: there is no anchor &missing before this",
        "staging:; site_url: [ | this is no YAML",
        "staging:; allowed_networks: [example.com] | allowed_networks must be a list of IPv4 networks"
    })
    void whatIsWrongIsNamedWithItsLine(String yaml, String message) {
        assertThatThrownBy(() -> settings(yaml.replace("; ", "\n  "), Variables.NONE))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("supabase/environments.yml")
                .hasMessageContaining("Nothing was changed");
    }

    private Variables variables() {
        return new Variables(
                Map.of("STAGING_URL", project.url() + "/", "POOL", "30", "HOST", "example.com", "LEVEL", "warn"),
                        Map.of());
    }

    private DeclaredSettings settings(String yaml, Variables variables) throws IOException {
        Files.writeString(folder.resolve("environments.yml"), yaml);
        return DeclaredSettings.read(folder, client.environment(), variables);
    }

    private ConfigPlan plan(DeclaredSettings settings, String toml) throws Exception {
        return ConfigPlan.of(declared(toml), settings, RemoteConfig.read(client), ALLOW_ALL, recorded);
    }

    private ConfigPlan plan(DeclaredSettings settings, DeployPolicy policy) throws Exception {
        return ConfigPlan.of(declared(""), settings, RemoteConfig.read(client), policy, recorded);
    }
}

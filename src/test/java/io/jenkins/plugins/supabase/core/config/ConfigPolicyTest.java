package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigPolicyTest extends ConfigFixture {
    private static final DeployPolicy STRICT = DeployPolicy.NONE;

    /** What the project has; what the file says; whether that lowers security. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "AUTH | password_min_length: 12 | auth | minimum_password_length = 6 | true",
        "AUTH | password_min_length: 6 | auth | minimum_password_length = 12 | false",
        "AUTH | password_required_characters: 'abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789' | "
                + "auth | "
                + "password_requirements = \"letters_digits\" | true",
        "AUTH | password_required_characters: '' | auth | password_requirements = \"letters_digits\" | false",
        "AUTH | jwt_exp: 3600 | auth | jwt_expiry = 7200 | true",
        "AUTH | jwt_exp: 3600 | auth | jwt_expiry = 600 | false",
        "AUTH | mailer_otp_exp: 600 | auth.email | otp_expiry = 3600 | true",
        "AUTH | mailer_otp_length: 8 | auth.email | otp_length = 6 | true",
        "AUTH | mailer_autoconfirm: false | auth.email | enable_confirmations = false | true",
        "AUTH | mailer_autoconfirm: true | auth.email | enable_confirmations = true | false",
        "AUTH | sms_autoconfirm: false | auth.sms | enable_confirmations = false | true",
        "AUTH | smtp_max_frequency: 60 | auth.email | max_frequency = \"1s\" | true",
        "AUTH | mfa_totp_verify_enabled: true | auth.mfa.totp | verify_enabled = false | true",
        "AUTH | mfa_phone_enroll_enabled: true | auth.mfa.phone | enroll_enabled = false | true",
        "AUTH | security_captcha_enabled: true | auth.captcha | enabled = false | true",
        "AUTH | rate_limit_otp: 30 | auth.rate_limit | sign_in_sign_ups = 300 | true",
        "AUTH | rate_limit_otp: 30 | auth.rate_limit | sign_in_sign_ups = 3 | false",
        "AUTH | external_anonymous_users_enabled: false | auth | enable_anonymous_sign_ins = true | true",
        "AUTH | security_manual_linking_enabled: false | auth | enable_manual_linking = true | true",
        "AUTH | disable_signup: true | auth | enable_signup = true | true",
        "AUTH | disable_signup: false | auth | enable_signup = false | false",
        "AUTH | refresh_token_rotation_enabled: true | auth | enable_refresh_token_rotation = false | true",
        "AUTH | security_refresh_token_reuse_interval: 10 | auth | refresh_token_reuse_interval = 60 | true",
        "AUTH | security_update_password_require_reauthentication: true | auth.email | secure_password_change = "
                + "false | true",
        "AUTH | mailer_secure_email_change_enabled: true | auth.email | double_confirm_changes = false | true",
        "AUTH | sessions_timebox: 24 | auth.sessions | timebox = \"48h\" | true",
        "AUTH | sessions_timebox: 24 | auth.sessions | timebox = \"0s\" | true",
        "AUTH | sessions_timebox: 0 | auth.sessions | timebox = \"48h\" | false",
        "AUTH | sms_test_otp: null | auth.sms | test_otp = { 123 = \"456\" } | true",
        "AUTH | hook_custom_access_token_enabled: true | auth.hook.custom_access_token | enabled = false | true",
        "AUTH | uri_allow_list: '' | auth | additional_redirect_urls = [\"https://*.example.com\"] | true",
        "AUTH | uri_allow_list: '' | auth | additional_redirect_urls = [\"https://example.com/*\"] | false",
        "POSTGREST | db_schema: 'public' | api | schemas = [\"public\", \"vault\"] | true",
        "POSTGREST | db_schema: 'public, extra' | api | schemas = [\"public\"] | false",
        "POSTGREST | max_rows: 100 | api | max_rows = 1000 | true",
        "POSTGREST | max_rows: 100 | api | max_rows = 0 | true",
        "POSTGRES | session_replication_role: 'origin' | db.settings | session_replication_role = \"replica\" | true"
    })
    void aChangeThatLowersSecurityIsToldFromOneThatDoesNot(
            Section section, String has, String table, String line, boolean weaker) throws Exception {
        String json = "{" + has.replaceFirst("^(\\w+)", "\"$1\"").replace("'", "\"") + "}";
        project.config().merge(section, new JsonMapper().readTree(json));

        ConfigPlan plan = plan("[" + table + "]\n" + line + "\n", Variables.NONE, STRICT);

        assertThat(plan.changes()).hasSize(1);
        assertThat(plan.changes().get(0).weakens()).isEqualTo(weaker);
        assertThat(plan.refusals()).hasSize(weaker ? 1 : 0);
        ConfigPlan allowed = plan("[" + table + "]\n" + line + "\n", Variables.NONE,
                new DeployPolicy(false, List.of(plan.changes().get(0).key()), false, null));
        assertThatCode(allowed::requireAllowed).doesNotThrowAnyException();
        assertThat(allowed.changes()).isEqualTo(plan.changes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10.0.0.0/8 | 10.1.0.0/16 | false",
        "10.0.0.0/8 | 11.0.0.0/8 | true",
        "10.0.0.0/9,10.128.0.0/9 | 10.0.0.0/8 | false",
        "10.0.0.0/9 | 10.0.0.0/8 | true"
    })
    void networksAreComparedAsSetsOfAddresses(String has, String wanted, boolean wider) throws Exception {
        String toml = "[db.network_restrictions]\nenabled = true\nallowed_cidrs_v6 = []\nallowed_cidrs = ";
        apply(plan(toml + list(has)));

        assertThat(plan(toml + list(wanted), Variables.NONE, STRICT).refusals()).hasSize(wider ? 1 : 0);
    }

    @Test
    void tlsThatIsEnforcedStaysEnforced() throws Exception {
        apply(plan("[db.ssl_enforcement]\nenabled = true\n"));

        assertThat(plan("[db.ssl_enforcement]\nenabled = false\n", Variables.NONE, STRICT).refusals())
                .extracting(ConfigRefusal::key)
                .containsExactly("db.ssl_enforcement.enabled");
    }

    @Test
    void oneMessageNamesEveryRefusalAndTheWayOut() throws Exception {
        ConfigPlan plan = plan("""
                [auth]
                site_url = "http://127.0.0.1:3000"
                minimum_password_length = 6
                jwt_expiry = 86400
                additional_redirect_urls = ["myapp://callback", "https://localhost:3000", "http://example.com"]
                """, Variables.NONE, PRODUCTION);

        assertThatThrownBy(plan::requireAllowed)
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("The environment \"staging\" refuses 5 changes of its settings: ")
                .hasMessageContaining("auth.site_url")
                .hasMessageContaining("http://127.0.0.1:3000 (in production, an address that is the user's own "
                        + "machine)")
                .hasMessageContaining("https://localhost:3000 (in production, an address that is the user's own "
                        + "machine)")
                .hasMessageContaining("http://example.com (in production, an address that is not https)")
                .hasMessageContaining("auth.minimum_password_length from 8 to 6 (lowers security)")
                .hasMessageContaining("auth.jwt_expiry from 3600 to 86400 (lowers security)")
                .hasMessageContaining("Nothing was changed.")
                .hasMessageContaining("[remotes.<name>]")
                .hasMessageContaining("allowWeaker")
                .hasMessageNotContaining("myapp");
        assertThatThrownBy(() -> apply(plan)).isInstanceOf(DeliveryException.class);
        assertThat(standIn.requests().count("PATCH /**")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "auth.*", "auth.minimum_password_length"})
    void anAdministratorMayAllowKeysByPattern(String allowed) throws Exception {
        DeployPolicy policy = new DeployPolicy(true, List.of(allowed), false, null);

        assertThat(plan("[auth]\nminimum_password_length = 6\n", Variables.NONE, policy).refusals()).isEmpty();
        assertThat(plan("[auth]\nsite_url = \"http://localhost\"\n", Variables.NONE, policy).refusals()).hasSize(1);
    }

    private static String list(String networks) {
        return "[\"" + networks.replace(",", "\", \"") + "\"]\n";
    }
}

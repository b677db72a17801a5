package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.testing.SupabaseCli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same files pushed by the real Supabase CLI and applied by this plugin must leave the same settings behind. */
class ConfigBesideCliIT extends ConfigFixture {
    private static final String OTHER = "tsrqponmlkjihgfedcba";
    private static final Map<String, String> VARIABLES = Map.of("A_SECRET", "value-of-the-secret", "A_TEXT", "text");

    /** Each is one project's file; what the CLI 3.1.0 does not push is left out. */
    private static final List<String> FILES = List.of(
            """
            [auth]
            site_url = "https://example.com"
            additional_redirect_urls = ["https://b.example.com", "https://a.example.com"]
            jwt_expiry = 600
            enable_signup = false
            enable_anonymous_sign_ins = true
            enable_manual_linking = true
            enable_refresh_token_rotation = false
            refresh_token_reuse_interval = 20
            minimum_password_length = 9
            password_requirements = "lower_upper_letters_digits_symbols"
            [auth.rate_limit]
            sms_sent = 31
            anonymous_users = 32
            token_refresh = 151
            sign_in_sign_ups = 33
            token_verifications = 34
            web3 = 35
            email_sent = 36
            [auth.sessions]
            timebox = "24h"
            inactivity_timeout = "90m"
            [auth.mfa]
            max_enrolled_factors = 5
            [auth.mfa.totp]
            enroll_enabled = true
            verify_enabled = true
            [auth.mfa.web_authn]
            enroll_enabled = false
            verify_enabled = false
            [auth.mfa.phone]
            otp_length = 8
            template = "Code {{ .Code }}"
            max_frequency = "10s"
            [auth.email]
            double_confirm_changes = false
            enable_confirmations = true
            secure_password_change = true
            require_current_password = true
            max_frequency = "1m30s"
            otp_length = 8
            otp_expiry = 900
            [auth.email.smtp]
            enabled = true
            host = "smtp.example.com"
            port = 587
            user = "env(A_TEXT)"
            pass = "env(A_SECRET)"
            admin_email = "admin@example.com"
            sender_name = "Admin"
            [auth.email.template.invite]
            subject = "Welcome"
            content_path = "./supabase/templates/invite.html"
            [auth.email.notification.password_changed]
            enabled = true
            subject = "Changed"
            content_path = "./supabase/templates/changed.html"
            """,
            """
            [auth]
            site_url = "https://base.example.com"
            [auth.captcha]
            enabled = true
            provider = "turnstile"
            secret = "env(A_SECRET)"
            [auth.sms]
            enabled = true
            enable_confirmations = true
            template = "Code"
            max_frequency = "20s"
            otp_length = 7
            otp_expiry = 120
            [auth.sms.twilio]
            enabled = true
            account_sid = "account"
            message_service_sid = "message"
            auth_token = "env(A_SECRET)"
            [auth.sms.test_otp]
            4152127777 = "123456"
            [auth.external.github]
            enabled = true
            client_id = "id"
            secret = "env(A_SECRET)"
            [auth.external.azure]
            enabled = true
            client_id = "id"
            secret = "env(A_SECRET)"
            url = "https://login.example.com"
            email_optional = true
            [auth.external.google]
            enabled = true
            client_id = "one,two"
            secret = "env(A_SECRET)"
            skip_nonce_check = true
            [auth.hook.send_email]
            enabled = true
            uri = "pg-functions://postgres/public/send_email"
            [auth.web3.solana]
            enabled = true
            [auth.oauth_server]
            enabled = true
            authorization_url_path = "/consent"
            allow_dynamic_registration = true
            [remotes.first]
            project_id = "abcdefghijklmnopqrst"
            [remotes.first.auth]
            site_url = "https://remote.example.com"
            [remotes.first.auth.email]
            enable_signup = false
            [remotes.second]
            project_id = "tsrqponmlkjihgfedcba"
            [remotes.second.auth]
            site_url = "https://remote.example.com"
            [remotes.second.auth.email]
            enabled = false
            """,
            """
            [api]
            schemas = ["public", "extra"]
            extra_search_path = ["public"]
            max_rows = 77
            [db.settings]
            max_connections = 90
            statement_timeout = "9s"
            session_replication_role = "origin"
            track_commit_timestamp = true
            work_mem = "8MB"
            [db.network_restrictions]
            enabled = true
            allowed_cidrs = ["203.0.113.0/24"]
            allowed_cidrs_v6 = ["2001:db8::/32"]
            [db.ssl_enforcement]
            enabled = true
            [storage]
            file_size_limit = "5MB"
            [storage.image_transformation]
            enabled = false
            [storage.s3_protocol]
            enabled = false
            [storage.analytics]
            enabled = true
            max_tables = 3
            [storage.vector]
            enabled = true
            max_buckets = 4
            """,
            """
            [api]
            enabled = false
            schemas = ["public"]
            [auth]
            enabled = false
            site_url = "https://example.com"
            [auth.email.smtp]
            host = "smtp.example.com"
            [auth.captcha]
            enabled = false
            provider = "turnstile"
            [auth.external.github]
            client_id = "without enabled"
            [auth.rate_limit]
            email_sent = 50
            [db.network_restrictions]
            allowed_cidrs = ["203.0.113.0/24"]
            """);

    @TempDir
    private Path home;

    private SupabaseCli cli;

    @BeforeEach
    void findCli() throws Exception {
        Optional<SupabaseCli> found = SupabaseCli.find(home);
        assumeTrue(found.isPresent(), SupabaseCli.HOW_TO_INSTALL);
        cli = found.orElseThrow().withPlatform(standIn.managementUrl(), standIn.accessToken());
        VARIABLES.forEach(cli::with);
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/invite.html"), "<p>Welcome</p>");
        Files.writeString(folder.resolve("templates/changed.html"), "<p>Changed</p>");
    }

    @Test
    void bothLeaveTheSameSettingsBehind() throws Exception {
        StandInProject other = standIn.createProject(OTHER);
        Variables variables = new Variables(
                Map.of("A_TEXT", VARIABLES.get("A_TEXT")), Map.of("A_SECRET",
                        new SecretText(VARIABLES.get("A_SECRET"))));
        for (String file : FILES) {
            String toml = "project_id = \"anything\"\n" + file;

            assertThat(apply(plan(toml, variables, ALLOW_ALL))).matches(ConfigOutcome::isSuccess, "is a success");
            SupabaseCli.Outcome pushed = cli.run(workspace, "config", "push", "--remote=" + OTHER, "--yes");
            assertThat(pushed.exitCode()).as(pushed.output()).isZero();

            assertThat(settings(project)).as(pushed.output()).isEqualTo(settings(other));
        }
    }

    /** What the CLI still finds to change after this plugin is what it cannot push, or does not know. */
    @Test
    void theCliFindsNothingLeftToChange() throws Exception {
        for (String file : FILES.subList(0, 3)) {
            Variables variables = new Variables(VARIABLES, Map.of());
            apply(plan("project_id = \"anything\"\n" + file, variables, ALLOW_ALL));

            SupabaseCli.Outcome diff = cli.run(workspace, "config", "diff", "--remote=" + REF);

            assertThat(diff.output()).contains("(0 update,", " 0 local-only)");
        }
    }

    private static Map<String, String> settings(StandInProject of) {
        Map<String, String> settings = new TreeMap<>();
        for (Section section : Section.values()) {
            of.config().section(section).properties().forEach(field -> {
                // The end of test codes is ten years from now: not the same second for both.
                if (!field.getKey().equals("sms_test_otp_valid_until")) {
                    settings.put(section + " " + field.getKey(), field.getValue().toString());
                }
            });
        }
        List<String> networks = new ArrayList<>(of.network().allowed());
        settings.put("networks", networks.toString());
        settings.put("tls", Boolean.toString(of.network().sslEnforced()));
        return settings;
    }
}

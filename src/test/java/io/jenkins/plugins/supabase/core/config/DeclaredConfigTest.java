package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredConfigTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String REMOTES = """
            [auth]
            site_url = "https://base.example.com"
            additional_redirect_urls = ["https://base.example.com/a", "https://base.example.com/b"]
            [auth.email]
            enable_signup = true
            otp_length = 8
            [remotes.production]
            project_id = "abcdefghijklmnopqrst"
            [remotes.production.auth]
            additional_redirect_urls = ["https://production.example.com"]
            [remotes.production.auth.email]
            enabled = false
            [remotes.staging]
            project_id = "tsrqponmlkjihgfedcba"
            [remotes.staging.auth]
            site_url = "https://staging.example.com"
            """;

    @TempDir
    private Path workspace;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(workspace.resolve("supabase"));
    }

    @Test
    void nothingIsDeclaredWhereThereIsNoFile() {
        DeclaredConfig declared = DeclaredConfig.read(folder, REF, Variables.NONE);

        assertThat(declared.values()).isEmpty();
        assertThat(declared.findings()).isEmpty();
    }

    @Test
    void theRemoteOfTheProjectWinsKeyByKey() throws IOException {
        DeclaredConfig declared = read(REMOTES);

        assertThat(values(declared))
                .containsEntry("auth.site_url", "\"https://base.example.com\"")
                .containsEntry("auth.additional_redirect_urls", "[https://production.example.com]")
                .containsEntry("auth.email.enabled", "false")
                .containsEntry("auth.email.otp_length", "8");
        assertThat(declared.remote()).contains("production");
    }

    @Test
    void withoutARemoteTheBaseCounts() throws IOException {
        DeclaredConfig declared = DeclaredConfig.read(write(REMOTES), "zzzzzzzzzzzzzzzzzzzz", Variables.NONE);

        assertThat(values(declared))
                .containsEntry("auth.email.enabled", "true")
                .containsEntry("auth.site_url", "\"https://base.example.com\"");
        assertThat(declared.remote()).isEmpty();
    }

    @Test
    void twoRemotesOfOneProjectAreRefused() {
        assertThatThrownBy(() -> read("""
                [remotes.a]
                project_id = "abcdefghijklmnopqrst"
                [remotes.b]
                project_id = "abcdefghijklmnopqrst"
                """))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("[remotes.a] and [remotes.b] have the same project_id")
                .hasMessageContaining("Nothing was changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "project_id = \"\"", "project_id = \"env(NOT_SET)\"",
            "project_id = \"Abcdefghijklmnopqrst\""})
    void aRemoteOfNoProjectIsRefused(String id) {
        assertThatThrownBy(() -> read("[remotes.a]\n" + id
                + "\n[remotes.a.auth]\nsite_url = \"https://a.example.com\"\n"))
                .hasMessageContaining("remotes.a.project_id must be the reference of a project");
    }

    @Test
    void aRemotesProjectMayComeFromAVariable() throws IOException {
        write("[remotes.a]\nproject_id = \"env(REF)\"\n[remotes.a.api]\nmax_rows = 7\n");

        assertThat(values(DeclaredConfig.read(folder, REF, new Variables(Map.of("REF", REF), Map.of()))))
                .containsEntry("api.max_rows", "7");
    }

    @Test
    void valuesComeFromVariablesAndCredentialsWin() throws IOException {
        write("""
                [auth]
                site_url = "env(SITE)"
                enable_signup = "env(SIGNUP)"
                jwt_expiry = "env(EXPIRY)"
                additional_redirect_urls = ["https://a.example.com", "env(SITE)"]
                """);
        Variables variables = new Variables(
                Map.of("SITE", "https://plain.example.com", "SIGNUP", "false", "EXPIRY", "600"),
                Map.of("SITE", new SecretText("https://secret.example.com")));

        DeclaredConfig declared = DeclaredConfig.read(folder, REF, variables);

        assertThat(values(declared))
                .containsEntry("auth.site_url", "\"https://secret.example.com\"")
                .containsEntry("auth.enable_signup", "false")
                .containsEntry("auth.jwt_expiry", "600")
                .containsEntry("auth.additional_redirect_urls", "[https://a.example.com, https://secret.example.com]");
        assertThat(declared.values().stream().filter(DeclaredValue::isHidden).map(value -> value.key().key()))
                .containsExactlyInAnyOrder("auth.site_url", "auth.additional_redirect_urls");
        assertThat(declared.values().toString()).doesNotContain("secret.example.com");
    }

    @Test
    void everyVariableThatIsNotSetIsNamedWithItsKeyAndLine() {
        assertThatThrownBy(() -> read("""
                [studio]
                openai_api_key = "env(OPENAI_API_KEY)"
                [auth]
                site_url = "env(SITE)"
                [auth.captcha]
                enabled = true
                provider = "turnstile"
                secret = "env(CAPTCHA)"
                [auth.external.apple]
                enabled = false
                secret = "env(APPLE)"
                """))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("supabase/config.toml uses variables that are not set: auth.site_url in line 4 needs SITE; "
                        + "auth.captcha.secret in line 8 needs CAPTCHA. Nothing was changed. Set them in the "
                                + "pipeline's "
                        + "environment, or name credentials for them.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[auth]; jwt_expiry = \"soon\" | auth.jwt_expiry must be a whole number that is not negative",
        "[auth]; enable_signup = \"perhaps\" | auth.enable_signup must be true or false",
        "[auth]; password_requirements = \"many\" | auth.password_requirements must be empty or one of letters_digits",
        "[auth.email]; max_frequency = 60 | auth.email.max_frequency must be a duration such as",
        "[auth.sessions]; timebox = \"1 day\" | auth.sessions.timebox must be a duration such as",
        "[auth.captcha]; enabled = true; provider = \"other\" | auth.captcha.provider must be one of hcaptcha, "
                + "turnstile",
        "[storage]; file_size_limit = \"big\" | storage.file_size_limit must be a size such as",
        "[api]; schemas = \"a,,b\" | api.schemas must be a list of texts without commas",
        "[db.network_restrictions]; enabled = true; allowed_cidrs = [\"::/0\"] | must be a list of IPv4 networks",
        "[auth.captcha]; enabled = true; secret = \"encrypted:abc\" | auth.captcha.secret holds an encrypted value",
        "[storage.buckets.a]; public = 3 | storage.buckets.a.public must be true or false"
    })
    void aValueOfTheWrongTypeIsNamedWithItsLine(String toml, String message) {
        String lines = toml.replace("; ", "\n");

        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/config.toml line " + lines.lines().count())
                .hasMessageContaining(message)
                .hasMessageContaining("Nothing was changed.");
    }

    @Test
    void aTableCountsOnlyWhileItIsEnabled() throws IOException {
        DeclaredConfig declared = read("""
                [api]
                enabled = false
                schemas = ["public"]
                [db.network_restrictions]
                allowed_cidrs = ["10.0.0.0/8"]
                [auth.email.smtp]
                enabled = false
                host = "smtp.example.com"
                [auth.rate_limit]
                email_sent = 100
                web3 = 10
                [auth.external.google]
                client_id = "id"
                [auth.sms.twilio]
                enabled = true
                account_sid = "a"
                [auth.sms.vonage]
                enabled = true
                from = "b"
                """);

        assertThat(values(declared)).containsOnlyKeys(
                "api.enabled", "auth.email.smtp.enabled", "auth.rate_limit.web3", "auth.sms.twilio.enabled",
                "auth.sms.twilio.account_sid");
        assertThat(findings(declared, "config-ignored")).containsExactlyInAnyOrder(
                "5: db.network_restrictions.allowed_cidrs does nothing, because db.network_restrictions.enabled is not "
                        + "declared true.",
                "13: auth.external.google.client_id does nothing, because auth.external.google.enabled is not declared "
                        + "true.",
                "18: auth.sms.vonage.enabled does nothing: another SMS provider is enabled, and a project has one.");
        assertThat(findings(declared, "config-incomplete")).singleElement().asString()
                .startsWith("15: auth.sms.twilio.enabled is true, but auth.sms.twilio.auth_token, ");
    }

    @Test
    void misspeltKeysAreFoundWithTheNearestName() throws IOException {
        assertThat(findings(read("""
                [auth]
                minimum_pasword_length = 8
                enable_confirmations = true
                [atuh.email]
                otp_length = 6
                [auth.external.gogle]
                enabled = true
                [db.vault]
                anything = "env(X)"
                [functions.hello]
                verify_jwt = true
                verify_jwd = true
                [remotes.a]
                project_id = "tsrqponmlkjihgfedcba"
                [remotes.a.storage]
                file_size_limt = "1MB"
                """), "config-unknown-key")).containsExactlyInAnyOrder(
                "2: auth.minimum_pasword_length is no key of config.toml, so it does nothing; did you mean "
                        + "auth.minimum_password_length?",
                "3: auth.enable_confirmations is no key of config.toml, so it does nothing; did you mean "
                        + "auth.email.enable_confirmations?",
                "5: atuh.email.otp_length is no key of config.toml, so it does nothing; did you mean "
                        + "auth.email.otp_length?",
                "7: auth.external.gogle.enabled is no key of config.toml, so it does nothing; did you mean "
                        + "auth.external.google.enabled?",
                "12: functions.hello.verify_jwd is no key of config.toml, so it does nothing; did you mean "
                        + "functions.hello.verify_jwt?",
                "16: storage.file_size_limt is no key of config.toml, so it does nothing; did you mean "
                        + "storage.file_size_limit?");
    }

    @Test
    void tablesThatAreReadNoMoreAreNamedOnce() throws IOException {
        assertThat(findings(read("[inbucket]\nport = 1\nsmtp_port = 2\n[auth.external.slack]\nenabled = true\n"),
                "config-unknown-key")).containsExactly(
                "2: inbucket is read no more: version 3 of the Supabase CLI calls it local_smtp.",
                "5: auth.external.slack is read no more: version 3 of the Supabase CLI calls it "
                        + "auth.external.slack_oidc.");
    }

    @Test
    void keysWithoutEffectOnAHostedProjectAreListedOnce() throws IOException {
        DeclaredConfig declared = read("""
                [api]
                port = 54321
                [studio]
                enabled = true
                [analytics]
                enabled = true
                [auth.external.github]
                enabled = true
                client_id = "id"
                redirect_uri = "http://localhost"
                """);

        assertThat(findings(declared, "config-local-only")).containsExactly(
                "0: These keys do not reach a hosted project: api.port, studio.enabled, analytics.enabled, "
                        + "auth.external.github.redirect_uri.");
    }

    @Test
    void literalSecretsAreFound() throws IOException {
        DeclaredConfig declared = read("""
                [auth.captcha]
                enabled = false
                secret = "literal"
                [auth]
                jwt_secret = "another"
                [db.vault]
                key = "third"
                [auth.external.apple]
                secret = ""
                """);

        assertThat(declared.findings().stream().filter(finding -> finding.severity() == Severity.DANGER))
                .extracting(Finding::rule, Finding::line)
                .containsExactly(
                        tuple("config-literal-secret", 3),
                        tuple("config-literal-secret", 5),
                        tuple("config-literal-secret", 7));
        assertThat(declared.findings().toString()).doesNotContain("another", "third", "\"literal\"");
    }

    @Test
    void templatesAreReadFromTheFolder() throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/invite.html"), "<p>Hello</p>");

        DeclaredConfig declared = read("""
                [auth.email.template.invite]
                content_path = "./supabase/templates/invite.html"
                [auth.email.template.recovery]
                content_path = "./templates/invite.html"
                [auth.email.notification.password_changed]
                enabled = false
                content_path = "./templates/missing.html"
                """);

        assertThat(declared.values().stream().filter(value -> value.key().field().contains("templates")))
                .extracting(value -> value.value().asText())
                .containsExactly("<p>Hello</p>", "<p>Hello</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"./templates/missing.html", "../outside.html", "/etc/hostname", "./link.html", "templates"})
    void aTemplateThatIsNotInTheFolderIsRefused(String path) throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Path outside = Files.writeString(workspace.resolve("outside.html"), "<p>Hello</p>");
        Files.createSymbolicLink(folder.resolve("link.html"), outside);

        assertThatThrownBy(() -> read("[auth.email.template.invite]\ncontent_path = \"%s\"\n".formatted(path)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("line 2: auth.email.template.invite.content_path names no file inside the "
                        + "supabase");
    }

    @Test
    void bucketsAreReadWithTheStorageLimitWhereTheyHaveNone() throws IOException {
        DeclaredConfig declared = read("""
                [storage]
                file_size_limit = "2MiB"
                [storage.buckets.photos]
                public = true
                allowed_mime_types = ["image/png"]
                [storage.buckets.files]
                file_size_limit = "1KB"
                [storage.buckets.empty]
                """);

        assertThat(declared.buckets()).containsExactly(
                new DeclaredBucket("empty", null, 2L << 20, null),
                new DeclaredBucket("files", null, 1024L, null),
                new DeclaredBucket("photos", true, 2L << 20, List.of("image/png")));
    }

    private Path write(String toml) throws IOException {
        Files.writeString(folder.resolve("config.toml"), toml);
        return folder;
    }

    private DeclaredConfig read(String toml) throws IOException {
        return DeclaredConfig.read(write(toml), REF, Variables.NONE);
    }

    private static Map<String, String> values(DeclaredConfig declared) {
        return declared.values().stream().collect(Collectors.toMap(
                value -> value.key().key(), value -> value.key().type().show(value.value())));
    }

    private static List<String> findings(DeclaredConfig declared, String rule) {
        return declared.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .map(finding -> finding.line() + ": " + finding.message())
                .toList();
    }
}

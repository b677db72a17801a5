package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.project.TomlFile;
import io.jenkins.plugins.supabase.local.standin.SharedFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of keys beside the files that it is made from. */
class ConfigKeysTest {
    @Test
    void everyKeyOfTheCommandLineToolsOwnFileIsKnown(@TempDir Path folder) throws IOException {
        // Keys that are commented out are keys too.
        String all = Files.readString(SharedFacts.required("config.toml")).lines()
                .map(line -> line.matches("# ?(\\[[a-z_.0-9-]+]|[a-z0-9_]+ = .*)") ? line.replaceFirst("# ?", "")
                        : line)
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(folder.resolve("config.toml"), all);
        TomlEntries entries = new TomlEntries(TomlFile.read(file, "config.toml"), "config.toml");

        assertThat(entries.everything()).hasSizeGreaterThan(130);
        assertThat(new FileFindings(entries.everything()).find(List.of()))
                .filteredOn(finding -> finding.rule().equals("config-unknown-key"))
                .isEmpty();
    }

    @Test
    void everyAuthFieldThatIsMappedIsOneOfTheApi() throws IOException {
        JsonNode document = new JsonMapper().readTree(SharedFacts.required("management-api-openapi.json").toFile());
        JsonNode fields = document.at("/components/schemas/UpdateAuthConfigBody/properties");

        // Newer than the document: sent by the Supabase CLI 3.1.0.
        assertThat(ConfigKeys.ALL.keys().stream()
                        .filter(key -> key.section() == ConfigSection.AUTH && !fields.has(key.field()))
                        .map(ConfigKey::key))
                .containsExactly("auth.email.require_current_password");
    }

    /** What no key sets is there because config.toml has no key for it. */
    @Test
    void theAuthFieldsThatNoKeySetsAreKnown() throws IOException {
        JsonNode document = new JsonMapper().readTree(SharedFacts.required("management-api-openapi.json").toFile());
        Set<String> left = new TreeSet<>();
        document.at("/components/schemas/UpdateAuthConfigBody/properties").fieldNames().forEachRemaining(left::add);
        ConfigKeys.ALL.keys().forEach(key -> left.remove(String.valueOf(key.field())));
        SettingKeys.ALL.all().values().forEach(key -> left.remove(key.field()));

        assertThat(left).containsExactly(
                "api_max_request_duration",
                "custom_oauth_enabled",
                "db_max_pool_size",
                "db_max_pool_size_unit",
                "external_apple_additional_client_ids",
                "external_google_additional_client_ids",
                "external_slack_client_id",
                "external_slack_email_optional",
                "external_slack_enabled",
                "external_slack_secret",
                "hook_after_user_created_enabled",
                "hook_after_user_created_secrets",
                "hook_after_user_created_uri",
                "mailer_allow_unverified_email_sign_ins",
                "nimbus_oauth_client_id",
                "nimbus_oauth_client_secret",
                "saml_enabled",
                "saml_external_url",
                "security_sb_forwarded_for_enabled",
                "sessions_single_per_user",
                "sessions_tags",
                "sms_test_otp_valid_until");
    }

    @Test
    void companionsAreFieldsOfTheSameSection() {
        for (ConfigKey key : ConfigKeys.ALL.keys()) {
            Set<String> fields = ConfigKeys.ALL.keys().stream()
                    .filter(other -> other.section() == key.section())
                    .map(ConfigKey::field)
                    .collect(Collectors.toSet());
            assertThat(fields).as(key.key()).containsAll(key.with());
        }
    }
}

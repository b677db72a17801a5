package io.jenkins.plugins.supabase.core.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentSettingsTest {
    private static final String REF = "abcdefghijklmnopqrst";

    @Test
    void projectReferenceGivesTheAddresses() {
        Environment environment = new EnvironmentSettings("staging", REF, null, " ", "").toEnvironment();

        assertThat(environment.managementUrl()).isEqualTo("https://api.supabase.com");
        assertThat(environment.projectUrl()).isEqualTo("https://abcdefghijklmnopqrst.supabase.co");
        assertThat(environment.databaseUrl())
                .isEqualTo("postgresql://db.abcdefghijklmnopqrst.supabase.co:5432/postgres?sslmode=require");
        assertThat(environment.hostedProject()).contains(REF);
    }

    @Test
    void selfHostedStackHasAddressesAndNoReference() {
        Environment environment = new EnvironmentSettings(
                        "own", null, null, "https://supabase.example.com/", "postgresql://db.example.com/postgres")
                .toEnvironment();

        assertThat(environment.hostedProject()).isEmpty();
        assertThat(environment.projectUrl()).isEqualTo("https://supabase.example.com");
    }

    @Test
    void selfHostedStackNeedsBothAddresses() {
        assertThat(new EnvironmentSettings("own", null, null, null, null).problems())
                .extracting(SettingProblem::field)
                .containsExactly("projectUrl", "databaseUrl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:54321", "http://localhost:54321", "http://[::1]:54321", "https://x.test"})
    void encryptedOrLocalAddressIsAccepted(String url) {
        assertThat(new EnvironmentSettings("e", REF, url, url, null).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://supabase.example.com, use https",
        "http://127.0.0.1.example.com.evil.test, use https",
        "http://localhost.evil.test, use https",
        "ftp://supabase.example.com, https://host",
        "supabase.example.com, https://host",
        "https://user:word@supabase.example.com, must not contain a user name",
        "https://supabase.example.com?x=1, query",
        "https://supabase example.com, not an address",
    })
    void unusableHttpAddressIsRefusedWithTheReason(String url, String reason) {
        assertThat(new EnvironmentSettings("e", REF, url, null, null).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("managementUrl");
                    assertThat(problem.message()).contains(reason);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://pooler.example.com:6543/postgres, transaction mode",
        "postgresql://postgres:word@db.example.com/postgres, databaseCredentialsId",
        "postgresql://db.example.com/postgres?password=word, databaseCredentialsId",
        "postgresql://db.example.com/postgres?sslmode=require&User=me, databaseCredentialsId",
        "mysql://db.example.com/postgres, postgresql://host",
        "postgresql://db.example.com:5432/, names no database",
        "postgresql://db.example.com:5432, names no database",
        "postgresql://post gres:word@db.example.com/postgres, not of the form",
    })
    void unusableDatabaseAddressIsRefusedWithTheReasonAndWithoutItsPassword(String url, String reason) {
        assertThat(new EnvironmentSettings("e", REF, null, null, url).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo("databaseUrl");
                    assertThat(problem.message()).contains(reason).doesNotContain("word@").doesNotContain("=word");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdefghijklmnopqrs", "abcdefghijklmnopqrstu", "ABCDEFGHIJKLMNOPQRST", "abcdefghijklmnopqrs1"})
    void projectReferenceHasTwentyLowerCaseLetters(String ref) {
        assertThat(new EnvironmentSettings("e", ref, null, null, null).problems())
                .extracting(SettingProblem::field)
                .containsExactly("projectRef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-x", "../x", "x\u0000y"})
    void unusableNameIsRefused(String name) {
        assertThatThrownBy(() -> new EnvironmentSettings(name, REF, null, null, null).toEnvironment())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name:");
    }
}

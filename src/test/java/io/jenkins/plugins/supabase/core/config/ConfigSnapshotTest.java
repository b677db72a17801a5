package io.jenkins.plugins.supabase.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ConfigSnapshotTest extends ConfigFixture {
    private static final String CAPTCHA = """
            [auth.captcha]
            enabled = true
            provider = "turnstile"
            secret = "env(CAPTCHA)"
            """;

    @Test
    void whatAPlanChangedIsPutBack() throws Exception {
        Random random = new Random(7);
        for (int pair = 0; pair < 20; pair++) {
            RandomConfig first = new RandomConfig(random, folder);
            apply(plan(first.toml(), first.variables(), ALLOW_ALL));
            SortedMap<String, String> before = RemoteConfig.read(client).fingerprint(Set.of());
            RandomConfig second = new RandomConfig(random, folder);
            ConfigPlan plan = plan(second.toml(), second.variables(), ALLOW_ALL);
            ConfigSnapshot snapshot = ConfigSnapshot.fromJson(plan.snapshot().toJson());
            apply(plan);

            ConfigPlan back = snapshot.plan(RemoteConfig.read(client), Map.of());

            assertThat(apply(back)).matches(ConfigOutcome::isSuccess);
            assertThat(ConfigDrift.between(before, RemoteConfig.read(client)))
                    .extracting(ConfigDrift::key)
                    .isSubsetOf(snapshot.notRestorable(Set.of()));
            assertThat(snapshot.plan(RemoteConfig.read(client), Map.of()).isEmpty()).isTrue();
        }
    }

    @Test
    void aDatabaseSettingThatWasNotThereIsTakenAway() throws Exception {
        apply(plan("[db.settings]\nwork_mem = \"8MB\"\n"));
        ConfigPlan plan = plan("[db.settings]\nwork_mem = \"16MB\"\nmax_wal_size = \"1GB\"\n");
        apply(plan);

        apply(plan.snapshot().plan(RemoteConfig.read(client), Map.of()));

        assertThat(project.config().section(Section.POSTGRES).toString()).isEqualTo("{\"work_mem\":\"8MB\"}");
    }

    @Test
    void secretsAreNamedAndPutBackFromCredentials() throws Exception {
        apply(plan(CAPTCHA, secret("CAPTCHA", "the old secret"), ALLOW_ALL));
        ConfigPlan plan = plan(CAPTCHA, secret("CAPTCHA", "the new secret"), ALLOW_ALL);
        ConfigSnapshot snapshot = plan.snapshot();
        apply(plan);

        assertThat(snapshot.toJson()).doesNotContain("secret\":\"", "the old", "the new");
        assertThat(snapshot.notRestorable(Set.of())).containsExactly("auth.captcha.secret");
        assertThat(snapshot.notRestorable(Set.of("auth.captcha.secret"))).isEmpty();
        assertThat(snapshot.plan(RemoteConfig.read(client), Map.of()).isEmpty()).isTrue();

        ConfigPlan back = snapshot.plan(
                RemoteConfig.read(client), Map.of("auth.captcha.secret", new SecretText("the old secret")));

        assertThat(back.changes()).extracting(ConfigPlanTest::text)
                .containsExactly("auth auth.captcha.secret: changed");
        assertThat(apply(back).isSuccess()).isTrue();
        assertThat(project.config().section(Section.AUTH).path("security_captcha_secret").asText())
                .isEqualTo("the old secret");
    }

    @Test
    void anUnreadableSnapshotSaysWhatToDo() {
        assertThatThrownBy(() -> ConfigSnapshot.fromJson("{"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void driftNamesKeysThatOthersChangedAndShowsNoSecret() throws Exception {
        apply(plan(CAPTCHA + "[auth]\nsite_url = \"https://example.com\"\n", secret("CAPTCHA", "secret"), ALLOW_ALL));
        assertThat(ConfigDrift.between(recorded, RemoteConfig.read(client))).isEmpty();

        project.config().merge(Section.AUTH, new JsonMapper().readTree("""
                {"site_url": "https://elsewhere.example.com", "security_captcha_secret": "changed by hand",
                 "external_figma_secret": "set by hand", "disable_signup": true}"""));
        project.network().sslEnforced(true);

        assertThat(ConfigDrift.between(recorded, RemoteConfig.read(client))).containsExactly(
                new ConfigDrift("auth.captcha.secret", null, null),
                new ConfigDrift("auth.enable_signup", "true", "false"),
                new ConfigDrift("auth.external.figma.secret", null, null),
                new ConfigDrift("auth.site_url", "\"https://example.com\"", "\"https://elsewhere.example.com\""),
                new ConfigDrift("db.ssl_enforcement.enabled", "false", "true"));
    }
}

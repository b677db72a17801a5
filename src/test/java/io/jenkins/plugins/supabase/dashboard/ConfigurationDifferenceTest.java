package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Change;
import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Changed;
import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationDifferenceTest {
    @Test
    void settingsAreNamedAndOnlyHarmlessValuesTold() throws Exception {
        List<Changed> changes = ConfigurationDifference.of(
                saved(environment("staging", "https://a", "false", "old-token"), ""),
                saved(environment("staging", "https://b", "true", "new-token"), "<eventLog><file>true</file></eventLog>"));

        assertThat(changes)
                .containsExactly(
                        new Changed(
                                "staging",
                                Change.CHANGED,
                                List.of(
                                        new Setting("accessTokenCredentialsId", "old-token", "new-token"),
                                        new Setting("policy.trace", "false", "true"),
                                        new Setting("projectUrl", null, null))),
                        new Changed(null, Change.CHANGED, List.of(new Setting("eventLog", null, "true"))));
    }

    @Test
    void environmentsComeAndGo() throws Exception {
        byte[] one = saved(environment("staging", "https://a", "true", "t"), "");
        byte[] two = saved(
                environment("staging", "https://a", "true", "t") + environment("production", "https://p", "true", "t"), "");

        assertThat(ConfigurationDifference.of(one, two))
                .containsExactly(new Changed("production", Change.ADDED, List.of()));
        assertThat(ConfigurationDifference.of(two, one))
                .containsExactly(new Changed("production", Change.REMOVED, List.of()));
        assertThat(ConfigurationDifference.of(two, two)).isEmpty();
        assertThat(ConfigurationDifference.of(new byte[0], two)).isEmpty();
    }

    private static String environment(String name, String url, String trace, String token) {
        return "<io.jenkins.plugins.supabase.config.EnvironmentConfiguration><name>" + name + "</name><projectUrl>" + url
                + "</projectUrl><accessTokenCredentialsId>" + token
                + "</accessTokenCredentialsId><policy><production>true</production><trace>" + trace
                + "</trace></policy></io.jenkins.plugins.supabase.config.EnvironmentConfiguration>";
    }

    /** As Jenkins writes it: a fixed list among its own parts. */
    private static byte[] saved(String environments, String shared) {
        return ("<?xml version='1.1' encoding='UTF-8'?>\n<configuration plugin=\"supabase-delivery@1\">"
                        + "<environments class=\"list\"><java.util.CollSer><default><tag>1</tag></default><int>1</int>"
                        + environments + "</java.util.CollSer></environments>" + shared + "</configuration>")
                .getBytes(StandardCharsets.UTF_8);
    }
}

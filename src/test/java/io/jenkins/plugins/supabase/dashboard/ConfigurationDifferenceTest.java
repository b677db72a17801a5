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
                        new Changed(null, Change.CHANGED, List.of(new Setting("eventLog.file", null, "true"))));
    }

    @Test
    void settingsOfDestinationsAreNamedWithTheDestination() throws Exception {
        String archive = "<io.jenkins.plugins.supabase.config.FolderDestination><name>archive</name><folder>/a</folder>"
                + "</io.jenkins.plugins.supabase.config.FolderDestination>";
        String cloud = "<io.jenkins.plugins.supabase.config.S3Destination><name>cloud</name><bucket>%s</bucket>"
                + "<credentialsId>s3</credentialsId></io.jenkins.plugins.supabase.config.S3Destination>";

        assertThat(ConfigurationDifference.of(
                        saved("", list("destinations", archive + cloud.formatted("one"))),
                        saved("", list("destinations", archive + cloud.formatted("two")))))
                .containsExactly(new Changed(
                        null, Change.CHANGED, List.of(new Setting("destinations.cloud.bucket", null, null))));
    }

    @Test
    void settingsOfNotifiersAreNamedWithTheirKind() throws Exception {
        String mail = "<io.jenkins.plugins.supabase.notice.MailNotifier><recipients><string>ada@example.com</string>"
                + "<string>%s</string></recipients></io.jenkins.plugins.supabase.notice.MailNotifier>";
        String chat = "<io.jenkins.plugins.supabase.notice.WebhookNotifier><urlCredentialsId>chat</urlCredentialsId>"
                + "</io.jenkins.plugins.supabase.notice.WebhookNotifier>";

        assertThat(ConfigurationDifference.of(
                        saved("", list("notifiers", mail.formatted("bob@example.com"))),
                        saved("", list("notifiers", mail.formatted("eve@example.com") + chat))))
                .containsExactly(new Changed(
                        null,
                        Change.CHANGED,
                        List.of(
                                new Setting("notifiers.MailNotifier.recipients", null, null),
                                new Setting("notifiers.WebhookNotifier.urlCredentialsId", null, "chat"))));
    }

    @Test
    void partsOfAGateAreNamedWithoutTheClassesThatTheyAreOf() throws Exception {
        String gate = "<gate><soak>%s</soak><branches><io.jenkins.plugins.supabase.config.BranchConfiguration>"
                + "<pattern>main</pattern><soak>%s</soak></io.jenkins.plugins.supabase.config.BranchConfiguration></branches>"
                + "</gate>";
        String open = "<io.jenkins.plugins.supabase.config.EnvironmentConfiguration><name>staging</name>";
        String close = "</io.jenkins.plugins.supabase.config.EnvironmentConfiguration>";

        assertThat(ConfigurationDifference.of(
                        saved(open + gate.formatted("1h", "2h") + close, ""),
                        saved(open + gate.formatted("3h", "0s") + close, "")))
                .containsExactly(new Changed(
                        "staging",
                        Change.CHANGED,
                        List.of(new Setting("gate.branches.soak", null, null), new Setting("gate.soak", null, null))));
    }

    private static String list(String name, String elements) {
        return "<" + name + " class=\"list\"><java.util.CollSer><default><tag>1</tag></default><int>"
                + elements.length() % 7 + "</int>" + elements + "</java.util.CollSer></" + name + ">";
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

package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.dashboard.ConfigurationDifference.Changed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationAuditTest {
    @TempDir
    private Path home;

    private List<Changed> environments(String xml) throws IOException {
        return look("environments", xml);
    }

    private List<Changed> notices(String recipients) throws IOException {
        return look(
                "notices",
                "<c><notifiers><a.MailNotifier><recipients>" + recipients + "</recipients></a.MailNotifier></notifiers></c>");
    }

    private List<Changed> look(String name, String xml) throws IOException {
        Path now = Files.writeString(home.resolve(name + ".xml"), xml);
        List<Changed> told = new ArrayList<>();
        ConfigurationAudit.look(
                now.toFile(), home.resolve("seen/" + name + ".xml"), home.resolve("seen/environments.xml"), told::add);
        return told;
    }

    @Test
    void aHomeThatBeginsHasNothingToTell() throws Exception {
        assertThat(notices("ada")).isEmpty();
        assertThat(environments("<c><eventLog><file>true</file></eventLog></c>")).isEmpty();
    }

    @Test
    void aChangeIsToldOnce() throws Exception {
        environments("<c><eventLog><file>true</file></eventLog></c>");

        assertThat(environments("<c><eventLog><file>false</file></eventLog></c>"))
                .singleElement()
                .satisfies(changed -> assertThat(changed.settings()).extracting("name").containsExactly("eventLog.file"));
        assertThat(environments("<c><eventLog><file>false</file></eventLog></c>")).isEmpty();
    }

    @Test
    void theFirstNotifiersOfAHomeThatWasThereAreTold() throws Exception {
        environments("<c/>");

        assertThat(notices("ada"))
                .singleElement()
                .satisfies(changed -> assertThat(changed.settings())
                        .extracting("name")
                        .containsExactly("notifiers.MailNotifier.recipients"));
        assertThat(notices("ada")).isEmpty();
        assertThat(notices("bob").toString()).contains("recipients").doesNotContain("bob", "ada");
    }
}

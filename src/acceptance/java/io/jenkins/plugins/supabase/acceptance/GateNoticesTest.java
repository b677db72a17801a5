package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.tasks.Mailer;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.supabase.notice.GateNotice;
import io.jenkins.plugins.supabase.notice.GateNotices;
import io.jenkins.plugins.supabase.notice.GateNoticesConfiguration;
import io.jenkins.plugins.supabase.notice.GateNotifier;
import io.jenkins.plugins.supabase.notice.MailNotifier;
import io.jenkins.plugins.supabase.notice.WebhookNotifier;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The notifiers of docs/notices.md: as code, through the form, over a restart, and what arrives. */
@WithJenkins
class GateNoticesTest {
    private static final String NOTIFIER = "descriptorByName/io.jenkins.plugins.supabase.notice.WebhookNotifier/testNotice";

    private JenkinsRule jenkins;

    @TempDir
    private Path folder;

    @BeforeEach
    void configureAsTheDocumentationDoes(JenkinsRule rule) throws Exception {
        jenkins = rule;
        String page = Files.readString(Path.of("docs/notices.md"));
        int start = page.indexOf("```yaml") + "```yaml".length();
        configure(page.substring(start, page.indexOf("```", start)));
    }

    @Test
    void formCodeAndRestartKeepThem() throws Exception {
        List<GateNotifier> configured = configuration().getNotifiers();
        assertKept(configured);

        jenkins.configRoundtrip();
        assertKept(configured);

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        configuration().setNotifiers(List.of());
        configure(ofThePlugin(exported.toString(StandardCharsets.UTF_8)));
        assertKept(configured);

        assertKept(configured, new GateNoticesConfiguration().getNotifiers());
    }

    @Test
    void whatCannotBeUsedIsRefusedAndNothingIsLost() {
        assertThatThrownBy(() -> configure("""
                        unclassified:
                          supabaseGateNotices:
                            notifiers:
                              - mail:
                                  recipients: ["release managers at example.com"]
                        """))
                .hasStackTraceContaining("The notifier \"Mail\" is not usable: recipients: \"release\" is no mail address.");
        assertThatThrownBy(() -> configuration().setNotifiers(List.of(new WebhookNotifier(" "))))
                .hasMessageContaining("The notifier \"Webhook\" is not usable: urlCredentialsId: Name a credential");
        assertThat(configuration().getNotifiers()).hasSize(2);
    }

    @Test
    void aNoticeArrivesByWebhookAndByMail() throws Exception {
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            posted.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        chat.start();
        try (MailServer mail = new MailServer()) {
            secret("release-chat", "http://127.0.0.1:" + chat.getAddress().getPort() + "/hook?of=ours");
            secret("release-chat-token", "of-the-chat");
            Mailer.descriptor().setSmtpHost("127.0.0.1");
            Mailer.descriptor().setSmtpPort(String.valueOf(mail.port()));

            GateNotices.send(notice());

            assertThat(posted.poll(1, TimeUnit.MINUTES))
                    .startsWith("/hook?of=ours Bearer of-the-chat {")
                    .contains("\"kind\":\"waiting\"", "waits for approval\\nMissing: 1 more approval");
            assertThat(mail.next())
                    .contains("To: release-managers@example.com, oncall@example.com")
                    .contains("Subject: [Supabase] production: release 1.4.0 of staging waits for approval")
                    .contains("Missing: 1 more approval", "https://jenkins.example.com/job/votes/12/");
        } finally {
            chat.stop(0);
        }
    }

    @Test
    void onlyWhoMayConfigureCanTryItOut() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("dev"));

        assertThat(tryOut("dev", HttpMethod.POST)).startsWith("403");
        assertThat(tryOut("admin", HttpMethod.GET)).startsWith("40");
        assertThat(tryOut("admin", HttpMethod.POST)).contains("No notice was sent: The webhook for notices about gates names"
                + " the credential", "which does not exist");
    }

    private String tryOut(String user, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(client.createCrumbedUrl(NOTIFIER), method);
        request.setRequestParameters(List.of(new NameValuePair("urlCredentialsId", "missing")));
        var answer = client.getPage(request).getWebResponse();
        return answer.getStatusCode() + " " + answer.getContentAsString().replace("&quot;", "\"");
    }

    private void assertKept(List<GateNotifier> expected) throws Exception {
        assertKept(expected, configuration().getNotifiers());
    }

    private void assertKept(List<GateNotifier> expected, List<GateNotifier> kept) throws Exception {
        assertThat(kept).hasSize(2);
        assertThat(((WebhookNotifier) kept.get(0)).getUrlCredentialsId()).isEqualTo("release-chat");
        assertThat(((MailNotifier) kept.get(1)).getRecipients())
                .containsExactly("release-managers@example.com", "oncall@example.com");
        jenkins.assertEqualBeans(
                (WebhookNotifier) expected.get(0),
                (WebhookNotifier) kept.get(0),
                "urlCredentialsId,tokenCredentialsId");
        jenkins.assertEqualBeans((MailNotifier) expected.get(1), (MailNotifier) kept.get(1), "recipients");
    }

    private static GateNotice notice() {
        return new GateNotice(
                GateNotice.Kind.WAITING,
                "production",
                "staging",
                "1.4.0",
                "votes #12",
                "https://jenkins.example.com/job/votes/12/",
                Instant.parse("2026-03-04T05:06:07Z"),
                null,
                List.of("1 more approval"),
                "",
                false);
    }

    private static void secret(String id, String text) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(text)));
    }

    private static GateNoticesConfiguration configuration() {
        return GlobalConfiguration.all().get(GateNoticesConfiguration.class);
    }

    private static String ofThePlugin(String yaml) {
        String own = yaml.substring(yaml.indexOf("  supabaseGateNotices:"));
        return "unclassified:\n"
                + own.lines()
                        .limit(1 + own.lines().skip(1).takeWhile(line -> line.startsWith("   ")).count())
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private void configure(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toUri().toURL().toString());
    }
}

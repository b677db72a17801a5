package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationTest {
    private static final String DESCRIPTOR =
            "descriptorByName/io.jenkins.plugins.supabase.config.EnvironmentConfiguration/";
    private static final String[] FIELDS = {
        "name", "projectRef", "managementUrl", "projectUrl", "databaseUrl",
        "accessTokenCredentialsId", "databaseCredentialsId", "apiKeyCredentialsId"
    };

    private JenkinsRule jenkins;

    @TempDir
    private Path folder;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "supabase-token", "", Secret.fromString("not so secret")));
        SystemCredentialsProvider.getInstance().save();
    }

    @Test
    void formKeepsWhatWasConfigured() throws Exception {
        EnvironmentConfiguration staging = new EnvironmentConfiguration("staging");
        staging.setProjectRef("abcdefghijklmnopqrst");
        staging.setManagementUrl("https://api.example.com");
        staging.setDatabaseUrl("postgresql://db.example.com:5432/postgres?sslmode=require");
        staging.setAccessTokenCredentialsId("supabase-token");
        EnvironmentConfiguration own = new EnvironmentConfiguration("own");
        own.setProjectUrl("https://supabase.example.com");
        own.setDatabaseUrl("postgresql://db.example.com:5432/postgres");
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(staging, own));

        jenkins.configRoundtrip();

        List<EnvironmentConfiguration> kept = SupabaseDeliveryConfiguration.get().getEnvironments();
        assertThat(kept).hasSize(2);
        jenkins.assertEqualBeans(staging, kept.get(0), String.join(",", FIELDS));
        jenkins.assertEqualBeans(own, kept.get(1), String.join(",", FIELDS));
    }

    @Test
    void formCanRemoveTheLastEnvironment() throws Exception {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(hosted("staging")));
        org.htmlunit.html.HtmlForm form =
                jenkins.createWebClient().goTo("configure").getFormByName("config");
        org.htmlunit.html.HtmlButton delete =
                form.getFirstByXPath(".//div[@descriptorid or @name='environments']//button[@title='Delete environment']");
        if (delete == null) {
            delete = (org.htmlunit.html.HtmlButton)
                    form.getByXPath(".//button[contains(., 'Delete environment')]").get(0);
        }
        delete.click();

        jenkins.submit(form);

        assertThat(SupabaseDeliveryConfiguration.get().getEnvironments()).isEmpty();
    }

    @Test
    void configurationSurvivesARestart() throws Exception {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(hosted("staging"), hosted("production")));

        SupabaseDeliveryConfiguration reloaded = new SupabaseDeliveryConfiguration();

        assertThat(reloaded.getEnvironments())
                .extracting(EnvironmentConfiguration::getName)
                .containsExactly("staging", "production");
    }

    @Test
    void configurationAsCodeComesBackAsItWent() throws Exception {
        configure("""
                unclassified:
                  supabaseDelivery:
                    environments:
                      - name: "staging"
                        projectRef: "abcdefghijklmnopqrst"
                        managementUrl: "https://api.supabase.com"
                        projectUrl: "https://abcdefghijklmnopqrst.supabase.co"
                        databaseUrl: "postgresql://db.abcdefghijklmnopqrst.supabase.co:5432/postgres?sslmode=require"
                        accessTokenCredentialsId: "supabase-token"
                        databaseCredentialsId: "staging-db"
                        apiKeyCredentialsId: "staging-secret-key"
                """);
        EnvironmentConfiguration imported = SupabaseDeliveryConfiguration.get().environment("staging");
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);

        String yaml = exported.toString(StandardCharsets.UTF_8);
        assertThat(yaml).contains("supabaseDelivery:").contains("projectRef: \"abcdefghijklmnopqrst\"");
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        String own = yaml.substring(yaml.indexOf("  supabaseDelivery:"));
        own = own.lines()
                .limit(1 + own.lines().skip(1).takeWhile(line -> line.startsWith("   ")).count())
                .collect(java.util.stream.Collectors.joining("\n"));
        configure("unclassified:\n" + own + "\n");
        jenkins.assertEqualBeans(
                imported, SupabaseDeliveryConfiguration.get().environment("staging"), String.join(",", FIELDS));
    }

    @Test
    void configurationAsCodeRefusesWhatCannotBeUsed() {
        assertThatThrownBy(() -> configure("""
                        unclassified:
                          supabaseDelivery:
                            environments:
                              - name: "staging"
                                projectReference: "abcdefghijklmnopqrst"
                        """))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("projectReference");
        assertThatThrownBy(() -> configure("""
                        unclassified:
                          supabaseDelivery:
                            environments:
                              - name: "staging"
                                projectRef: "abcdefghijklmnopqrst"
                                databaseUrl: "postgresql://pooler.example.com:6543/postgres"
                        """))
                .hasStackTraceContaining("transaction mode");
        assertThatThrownBy(() -> configure("""
                        unclassified:
                          supabaseDelivery:
                            environments:
                              - name: "staging"
                                projectRef: "abcdefghijklmnopqrst"
                              - name: "staging"
                                projectRef: "abcdefghijklmnopqrst"
                        """))
                .hasStackTraceContaining("two environments with the name \"staging\"");
    }

    @Test
    void unprivilegedUsersLearnNothingFromTheForm() throws Exception {
        secure();

        assertThat(post("dev", "fillAccessTokenCredentialsIdItems", new NameValuePair("accessTokenCredentialsId", "kept"))
                        .getWebResponse()
                        .getContentAsString())
                .contains("kept")
                .doesNotContain("supabase-token");
        assertThat(post("admin", "fillAccessTokenCredentialsIdItems", new NameValuePair("accessTokenCredentialsId", ""))
                        .getWebResponse()
                        .getContentAsString())
                .contains("supabase-token");
        assertThat(post("dev", "checkManagementUrl", new NameValuePair("value", "http://example.com"))
                        .getWebResponse()
                        .getContentAsString())
                .doesNotContain("use https");
        assertThat(post("dev", "testConnection", new NameValuePair("name", "x"))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(403);
    }

    @Test
    void connectionTestWantsAPost() throws Exception {
        secure();
        JenkinsRule.WebClient client = jenkins.createWebClient().login("admin").withThrowExceptionOnFailingStatusCode(false);

        assertThat(client.goTo(DESCRIPTOR + "testConnection?name=x", null)
                        .getWebResponse()
                        .getStatusCode())
                .isIn(404, 405);
    }

    @Test
    void connectionTestTellsWhatIsReached() throws Exception {
        try (SupabaseServers servers = new SupabaseServers()) {
            servers.configureJenkins();
            secure();
            EnvironmentConfiguration staging = servers.staging();
            NameValuePair[] typed = {
                new NameValuePair("name", staging.getName()),
                new NameValuePair("projectRef", staging.getProjectRef()),
                new NameValuePair("managementUrl", staging.getManagementUrl()),
                new NameValuePair("projectUrl", staging.getProjectUrl()),
                new NameValuePair("databaseUrl", staging.getDatabaseUrl()),
                new NameValuePair("accessTokenCredentialsId", staging.getAccessTokenCredentialsId()),
                new NameValuePair("databaseCredentialsId", staging.getDatabaseCredentialsId()),
                new NameValuePair("apiKeyCredentialsId", staging.getApiKeyCredentialsId())
            };

            assertThat(post("admin", "testConnection", typed).getWebResponse().getContentAsString())
                    .contains("is healthy");
            typed[6] = new NameValuePair("databaseCredentialsId", "supabase-token");
            assertThat(post("admin", "testConnection", typed).getWebResponse().getContentAsString())
                    .contains("another kind");
        }
    }

    private void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("dev"));
    }

    private Page post(String user, String method, NameValuePair... parameters) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(
                client.createCrumbedUrl(DESCRIPTOR + method), HttpMethod.POST);
        request.setRequestParameters(List.of(parameters));
        return client.getPage(request);
    }

    private void configure(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
        URL url = file.toUri().toURL();
        ConfigurationAsCode.get().configure(url.toString());
    }

    private static EnvironmentConfiguration hosted(String name) {
        EnvironmentConfiguration environment = new EnvironmentConfiguration(name);
        environment.setProjectRef("abcdefghijklmnopqrst");
        return environment;
    }
}

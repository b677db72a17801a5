package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.FolderDestination;
import io.jenkins.plugins.supabase.config.S3Destination;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Policies, health rules and destinations: as code, through the form, over a restart. */
@WithJenkins
class PolicyConfigurationTest {
    private static final String ENVIRONMENT = "name,projectRef,accessTokenCredentialsId,databaseCredentialsId";
    private static final String POLICY =
            "production,allowWeaker,trace,scratchDatabaseUrl,scratchDatabaseCredentialsId";
    private static final String HEALTH = "table,rpc,functions,services,timeout";
    private static final String S3 = "name,region,signingRegion,endpoint,bucket,prefix,pathStyle,credentialsId,"
            + "bandwidth,objectLockMode,objectLockDays";

    private JenkinsRule jenkins;

    @TempDir
    private Path folder;

    @BeforeEach
    void configureAsTheDocumentationDoes(JenkinsRule rule) throws Exception {
        jenkins = rule;
        String page = Files.readString(Path.of("docs/configuration.md"));
        int start = page.indexOf("```yaml") + "```yaml".length();
        configure(page.substring(start, page.indexOf("```", start)));
    }

    @Test
    void formKeepsWhatWasConfigured() throws Exception {
        List<EnvironmentConfiguration> environments = configuration().getEnvironments();
        List<DestinationConfiguration> destinations = configuration().getDestinations();

        jenkins.configRoundtrip();

        assertKept(environments, destinations, configuration());
    }

    @Test
    void configurationSurvivesARestart() throws Exception {
        assertKept(
                configuration().getEnvironments(),
                configuration().getDestinations(),
                new SupabaseDeliveryConfiguration());
    }

    @Test
    void configurationAsCodeComesBackAsItWent() throws Exception {
        List<EnvironmentConfiguration> environments = configuration().getEnvironments();
        List<DestinationConfiguration> destinations = configuration().getDestinations();
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        configuration().setEnvironments(List.of());
        configuration().setDestinations(List.of());

        configure(ofThePlugin(exported.toString(StandardCharsets.UTF_8)));

        assertKept(environments, destinations, configuration());
    }

    @Test
    void configurationAsCodeRefusesWhatCannotBeUsed() {
        assertThatThrownBy(() -> configure("""
                        unclassified:
                          supabaseDelivery:
                            destinations:
                              - s3:
                                  name: "releases"
                                  region: "eu-central-1"
                                  bucket: "no-credential"
                        """))
                .hasStackTraceContaining("credentialsId: Name");
        assertThat(configuration().getDestinations()).hasSize(2);
    }

    private void assertKept(
            List<EnvironmentConfiguration> environments,
            List<DestinationConfiguration> destinations,
            SupabaseDeliveryConfiguration kept)
            throws Exception {
        assertThat(kept.getEnvironments()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            jenkins.assertEqualBeans(environments.get(i), kept.getEnvironments().get(i), ENVIRONMENT);
        }
        assertThat(kept.getEnvironments().get(0).getPolicy()).isNull();
        assertThat(kept.getEnvironments().get(0).getHealth()).isNull();
        EnvironmentConfiguration production = kept.getEnvironments().get(1);
        jenkins.assertEqualBeans(environments.get(1).getPolicy(), production.getPolicy(), POLICY);
        jenkins.assertEqualBeans(environments.get(1).getHealth(), production.getHealth(), HEALTH);
        assertThat(kept.getDestinations()).hasSize(2);
        jenkins.assertEqualBeans(
                (FolderDestination) destinations.get(0),
                (FolderDestination) kept.getDestinations().get(0),
                "name,region,path,bandwidth");
        jenkins.assertEqualBeans(
                (S3Destination) destinations.get(1), (S3Destination) kept.getDestinations().get(1), S3);
    }

    private static String ofThePlugin(String yaml) {
        String own = yaml.substring(yaml.indexOf("  supabaseDelivery:"));
        return "unclassified:\n"
                + own.lines()
                        .limit(1 + own.lines().skip(1).takeWhile(line -> line.startsWith("   ")).count())
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static SupabaseDeliveryConfiguration configuration() {
        return SupabaseDeliveryConfiguration.get();
    }

    private void configure(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toUri().toURL().toString());
    }
}

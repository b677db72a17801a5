package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.GateConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
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

/** The gate of docs/gates.md: as code, through the form, over a restart. */
@WithJenkins
class GateConfigurationTest {
    private JenkinsRule jenkins;

    @TempDir
    private Path folder;

    @BeforeEach
    void configureAsTheDocumentationDoes(JenkinsRule rule) throws Exception {
        jenkins = rule;
        String page = Files.readString(Path.of("docs/gates.md"));
        int start = page.indexOf("```yaml") + "```yaml".length();
        configure(page.substring(start, page.indexOf("```", start)));
    }

    @Test
    void isWhatTheDocumentationSays() {
        GateRules rules = rules();

        assertThat(rules.quorums()).singleElement().hasToString("2 approvals of group:release-managers, user:ada,"
                + " one from each of Database Administrators");
        assertThat(rules.sources()).containsExactly("staging");
        assertThat(rules.on("hotfix/login").orElseThrow().quorums())
                .singleElement()
                .hasToString("1 approval of Database Administrators, group:release-managers, user:ada");
        assertThat(rules.on("feature/x")).isEmpty();
        assertThat(rules.freezes()).extracting("reason").containsExactly("weekend", "end of the year");
        assertThat(SupabaseDeliveryConfiguration.get().environment("staging").gateRules())
                .isEqualTo(GateRules.DEFAULT);
    }

    @Test
    void formCodeAndRestartKeepIt() throws Exception {
        String configured = rules().toString();

        jenkins.configRoundtrip();
        assertThat(rules()).as("form").hasToString(configured);

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        configure(ofThePlugin(exported.toString(StandardCharsets.UTF_8)));
        assertThat(rules()).as("code").hasToString(configured);

        assertThat(new SupabaseDeliveryConfiguration().environment("production").gateRules())
                .as("restart")
                .hasToString(configured);
    }

    @Test
    void whatIsEmptyOrZeroStaysSo() throws Exception {
        GateConfiguration none = new GateConfiguration();
        none.setApprovals(0);
        none.setExpiry("never");
        use(none);
        String configured = rules().toString();

        jenkins.configRoundtrip();

        assertThat(rules()).hasToString(configured);
        assertThat(rules().quorums()).isEmpty();
        assertThat(rules().expiry()).isNull();
        assertThat(rules().emergency()).isNull();
    }

    @Test
    void refusesWhatCannotBeUsedAndKeepsWhatWas() {
        String before = rules().toString();

        for (String wrong : List.of("soak: \"soon\"", "maxSeverity: \"warnings\"", "approvals: -1",
                "freezes: [{reason: \"x\", from: \"never\", to: \"2026-01-01\", zone: \"UTC\"}]",
                "freezes: [{reason: \"x\", days: \"friday\", from: \"18:00\", to: \"20:00\", zone: \"Europe/Berln\"}]",
                "branches: [{pattern: \"main\", approvals: \"many\"}]",
                "emergency: {overrides: [\"bundle\"]}")) {
            assertThatThrownBy(() -> configure("""
                            unclassified:
                              supabaseDelivery:
                                environments:
                                  - name: "production"
                                    projectRef: "abcdefghijklmnopqrst"
                                    gate: {%s}
                            """.formatted(wrong)))
                    .as(wrong)
                    .hasStackTraceContaining("The environment \"production\" is not usable: gate.");
        }
        assertThat(rules()).hasToString(before);
    }

    private static void use(GateConfiguration gate) {
        EnvironmentConfiguration production = SupabaseDeliveryConfiguration.get().environment("production");
        production.setGate(gate);
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(production));
    }

    private static GateRules rules() {
        return SupabaseDeliveryConfiguration.get().environment("production").gateRules();
    }

    private static String ofThePlugin(String yaml) {
        String own = yaml.substring(yaml.indexOf("  supabaseDelivery:"));
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

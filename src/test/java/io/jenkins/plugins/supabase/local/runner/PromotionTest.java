package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.promotion.Voter;
import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same promotion without a controller: two databases, a folder of releases, people at the terminal. */
@Timeout(120)
class PromotionTest {
    private static final String BOTH = """
            node { supabaseDeploy environment: 'staging' }
            def promoted = promoteEnvironment from: 'staging', to: 'production'
            echo "${promoted.outcome} by ${promoted.approvedBy}, ${promoted.deployment.migrations*.version}"
            """;

    @TempDir
    private Path folder;

    private TestDatabase staging;
    private TestDatabase production;
    private Pipelines pipelines;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectory(folder.resolve("releases"));
        staging = TestDatabase.create();
        production = TestDatabase.create();
        pipelines = new Pipelines(folder)
                .variable("STAGING_URL", staging.url())
                .variable("PRODUCTION_URL", production.url())
                .variable("DB_PASSWORD", "postgres")
                .casc("""
                    unclassified:
                      supabaseDelivery:
                        environments:
                          - name: "staging"
                            projectUrl: "http://127.0.0.1:9"
                            databaseUrl: "${STAGING_URL}"
                            databaseCredentialsId: "db"
                            health: {services: [], timeout: 1}
                          - name: "production"
                            projectUrl: "http://127.0.0.1:9"
                            databaseUrl: "${PRODUCTION_URL}"
                            databaseCredentialsId: "db"
                            gate:
                              approvals: 1
                              approvers: ["group:release-managers"]
                              sources: ["staging"]
                        destinations:
                          - folder: {name: "releases", path: "%s"}
                    credentials:
                      system:
                        domainCredentials:
                          - credentials:
                              - usernamePassword:
                                  scope: GLOBAL
                                  id: "db"
                                  username: "postgres"
                                  password: "${DB_PASSWORD}"
                    """.formatted(folder.resolve("releases")));
        StepDescriptor.all().forEach(pipelines::step);
        Path migration = folder.resolve("supabase/migrations/20260101000000_polls.sql");
        Files.createDirectories(migration.getParent());
        Files.writeString(migration, "create table polls (id int primary key);");
    }

    @AfterEach
    void forget() {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        SupabaseDeliveryConfiguration.get().setDestinations(List.of());
    }

    @Test
    void asksAtTheTerminalAndReturnsWhoApproved() throws Exception {
        Outcome outcome = pipelines
                .approvers(Voter.of("bob", "release-managers"))
                .answers("approve", "looks good")
                .run(BOTH);

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log()).contains("succeeded by [bob], [20260101000000]");
        assertThat(production.query("select decided_by || ': ' || comment from supabase_delivery.approvals"))
                .containsExactly("bob: looks good");
    }

    @Test
    void whoStartedItIsNotAskedAndNothingIsPromoted() throws Exception {
        Outcome outcome = pipelines
                .approvers(Voter.of("alice", "release-managers"))
                .answers("approve", "")
                .run(BOTH);

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.log()).contains("alice started this build").contains("was not approved");
        assertThat(production.query("select to_regclass('public.polls')")).containsOnlyNulls();
    }

    @Test
    void anEmergencyNeedsAGateThatKnowsOne() throws Exception {
        Outcome outcome = pipelines.run("""
                node { supabaseDeploy environment: 'staging' }
                promoteEnvironment from: 'staging', to: 'production', emergency: true, reason: 'it burns'
                """);

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.log()).contains("The gate of production knows no emergency");
    }
}

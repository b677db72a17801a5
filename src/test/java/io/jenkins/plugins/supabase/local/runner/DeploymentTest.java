package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin's real steps, run by the runner against a real PostgreSQL: a self-hosted stack's database. */
@Timeout(120)
class DeploymentTest {
    @TempDir
    private Path folder;

    private TestDatabase database;
    private Pipelines pipelines;

    @BeforeEach
    void prepare() throws Exception {
        database = TestDatabase.create();
        pipelines = new Pipelines(folder)
                .variable("DATABASE_URL", database.url())
                .variable("DB_PASSWORD", "postgres")
                .casc("""
                    unclassified:
                      supabaseDelivery:
                        environments:
                          - name: "own"
                            projectUrl: "http://127.0.0.1:9"
                            databaseUrl: "${DATABASE_URL}"
                            databaseCredentialsId: "db"
                    credentials:
                      system:
                        domainCredentials:
                          - credentials:
                              - usernamePassword:
                                  scope: GLOBAL
                                  id: "db"
                                  username: "postgres"
                                  password: "${DB_PASSWORD}"
                    """);
        StepDescriptor.all().forEach(pipelines::step);
        migration("20260101000000_create_a.sql", "create table a (id int primary key);");
    }

    @AfterEach
    void forget() {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
    }

    @Test
    void deploysAndReturnsTheResult() throws Exception {
        Outcome outcome = pipelines.run("""
            node {
                def result = supabaseDeploy environment: 'own'
                echo "changed ${result.changed}, ${result.migrations*.version}, ${result.functions.size()} functions"
                result = supabaseDeploy(environment: 'own', directory: 'supabase')
                echo "changed ${result.changed}"
            }
            """);

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .containsSubsequence("\nchanged true, [20260101000000], 0 functions\n", "\nchanged false\n");
        assertThat(database.query("select version from supabase_migrations.schema_migrations"))
                .containsExactly("20260101000000");
    }

    @Test
    void aTimeoutCancelsASlowMigration() throws Exception {
        migration("20260102000000_slow.sql", "create table b (id int); select pg_sleep(600);");

        Outcome outcome =
                pipelines.run("node { timeout(time: 5, unit: 'SECONDS') { supabaseDeploy environment: 'own' } }");

        assertThat(outcome.log())
                .contains("Cancelling nested steps due to timeout")
                .endsWith("Finished: ABORTED\n");
        assertThat(database.query("select to_regclass('public.b')")).containsOnlyNulls();
        assertThat(database.query("select count(*) from pg_stat_activity where query like '%pg_sleep(600)%'"
                        + " and state = 'active' and pid <> pg_backend_pid()"))
                .containsExactly("0");
    }

    @Test
    void aProblemIsOneParagraph() throws Exception {
        migration("20260102000000_wrong.sql", "create tabel b (id int);");

        Outcome outcome = pipelines.run("node { supabaseDeploy environment: 'own' }");

        assertThat(outcome.log())
                .contains("20260102000000_wrong.sql")
                .contains("ERROR: ")
                .doesNotContain("\tat ");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void unknownEnvironmentsNameThoseThatExist() throws Exception {
        Outcome outcome = pipelines.run("node { supabaseDeploy environment: 'onw' }");

        assertThat(outcome.log()).contains("ERROR: There is no environment \"onw\": there are own");
    }

    @Test
    void aMissingCredentialIsNamed() throws Exception {
        Pipelines pipelines = new Pipelines(folder);
        StepDescriptor.all().forEach(pipelines::step);
        Outcome outcome = pipelines
                .variable("DATABASE_URL", database.url())
                .casc("""
                    unclassified:
                      supabaseDelivery:
                        environments:
                          - name: "own"
                            projectUrl: "http://127.0.0.1:9"
                            databaseUrl: "${DATABASE_URL}"
                            databaseCredentialsId: "elsewhere"
                    """)
                .run("node { supabaseDeploy environment: 'own' }");

        assertThat(outcome.log()).contains("ERROR: ", "elsewhere").doesNotContain("\tat ");
    }

    private void migration(String name, String sql) throws IOException {
        Path migrations = Files.createDirectories(folder.resolve("supabase/migrations"));
        Files.writeString(migrations.resolve(name), sql);
    }
}

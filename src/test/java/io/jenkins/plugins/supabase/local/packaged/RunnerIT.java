package io.jenkins.plugins.supabase.local.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.packaged.LocalJar.Ended;
import io.jenkins.plugins.supabase.local.packaged.LocalJar.Running;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runner as it is shipped. */
@Timeout(300)
class RunnerIT {
    private static final String SLEEPING = "select count(*) from pg_stat_activity"
            + " where query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()";

    @TempDir
    private Path folder;

    private LocalJar jar;

    @BeforeEach
    void prepare() {
        jar = new LocalJar(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | Finished: SUCCESS | node { sh 'echo on a laptop' }",
                "1 | Finished: FAILURE | node { supabaseDeploy environment: 'nowhere' }",
                "2 | Finished: UNSTABLE | unstable 'hm'",
                "3 | 'parallel' is not supported by the local runner | parallel a: { }",
            })
    void endsWithTheResult(int code, String output, String jenkinsfile) throws Exception {
        Files.writeString(folder.resolve("Jenkinsfile"), jenkinsfile);

        Ended ended = jar.run("run", "Jenkinsfile");

        assertThat(ended.output()).contains(output).doesNotContain("SLF4J", "\tat ");
        assertThat(ended.code()).isEqualTo(code);
    }

    @Test
    void readsAnAnswerFromStandardInput() throws Exception {
        Files.writeString(folder.resolve("Jenkinsfile"), "input 'Deploy?'; echo 'went on'");

        try (Running running = jar.start(Map.of(), "run", "Jenkinsfile", "--user", "carol")) {
            running.awaitOutput("Deploy?");
            running.process().getOutputStream().write("proceed\n".getBytes());
            running.process().getOutputStream().flush();
            Ended ended = running.await();

            assertThat(ended.output()).contains("Approved by carol", "\nwent on\n");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void aSignalAbortsThePipelineInOrder() throws Exception {
        Files.writeString(folder.resolve("Jenkinsfile"), """
            pipeline {
                agent any
                stages { stage('Wait') { steps { sh 'sleep 600' } } }
                post { always { echo 'cleaned up' } }
            }
            """);

        try (Running running = jar.start(Map.of(), "run", "Jenkinsfile", "--user", "carol")) {
            running.awaitOutput("+ sleep 600");
            running.process().destroy();
            Ended ended = running.await();

            assertThat(ended.output()).contains("\ncleaned up\n").endsWith("Aborted by carol\nFinished: ABORTED\n");
            assertThat(ended.code()).isEqualTo(128 + 15);
        }
    }

    @Test
    void aSignalRollsTheRunningMigrationBack() throws Exception {
        TestDatabase database = TestDatabase.create();
        Path migrations = Files.createDirectories(folder.resolve("supabase/migrations"));
        Files.writeString(migrations.resolve("20260101000000_first.sql"), "create table a (id int);");
        Files.writeString(
                migrations.resolve("20260102000000_slow.sql"), "create table b (id int); select pg_sleep(600);");
        Files.writeString(folder.resolve("Jenkinsfile"), "node { supabaseDeploy environment: 'own' }");
        Files.writeString(folder.resolve("jenkins.yaml"), """
            unclassified:
              supabaseDelivery:
                environments:
                  - name: "own"
                    projectUrl: "http://127.0.0.1:9"
                    databaseUrl: "%s"
                    databaseCredentialsId: "db"
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - usernamePassword:
                          id: "db"
                          username: "postgres"
                          password: "${DB_PASSWORD}"
            """.formatted(database.url()));

        try (Running running =
                jar.start(Map.of("DB_PASSWORD", "postgres"), "run", "Jenkinsfile", "--casc", "jenkins.yaml")) {
            running.awaitOutput("20260101000000_first.sql … ");
            while (database.query(SLEEPING).get(0).equals("0")) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            running.process().destroy();
            Ended ended = running.await();

            assertThat(ended.output()).endsWith("Finished: ABORTED\n").doesNotContain("\tat ");
            assertThat(ended.code()).isEqualTo(128 + 15);
        }
        assertThat(database.query("select version from supabase_migrations.schema_migrations"))
                .containsExactly("20260101000000");
        assertThat(database.query("select to_regclass('public.b')")).containsOnlyNulls();
    }

    @Test
    void explainsItself() throws Exception {
        assertThat(jar.run("--help").output()).contains("run", "steps", "demo");
        assertThat(jar.run("run", "--help").output())
                .contains("--casc", "--workspace", "--user", "--param", "unstable");
        assertThat(jar.run("steps").output())
                .contains("supabaseDeploy(environment: String", "verifyHealth(environment: ");
    }
}

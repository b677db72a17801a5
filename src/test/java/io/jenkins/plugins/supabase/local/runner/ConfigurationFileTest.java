package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that configure a controller, read by the runner. */
class ConfigurationFileTest {
    private static final String STAGING = """
        unclassified:
          supabaseDelivery:
            environments:
              - name: "staging"
                projectRef: "${REF}"
                databaseUrl: "postgresql://127.0.0.1:${PORT:-5432}/postgres"
                accessTokenCredentialsId: "token"
        """;

    @TempDir
    private Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void prepare() {
        pipelines = new Pipelines(folder).variable("REF", "abcdefghijklmnopqrst");
    }

    @AfterEach
    void forget() {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        SupabaseDeliveryConfiguration.get().setDestinations(List.of());
    }

    @Test
    void configuresThePluginThroughItsOwnClasses() throws IOException {
        Outcome outcome = pipelines.casc(STAGING).run("echo 'done'");

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        List<EnvironmentConfiguration> environments =
                SupabaseDeliveryConfiguration.get().getEnvironments();
        assertThat(environments).hasSize(1);
        assertThat(environments.get(0).getProjectRef()).isEqualTo("abcdefghijklmnopqrst");
        assertThat(environments.get(0).toEnvironment().databaseUrl()).isEqualTo("postgresql://127.0.0.1:5432/postgres");
        assertThat(environments.get(0).getAccessTokenCredentialsId()).isEqualTo("token");
    }

    @Test
    void exampleOfTheDocumentationWorks() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        int start = page.indexOf("```yaml") + "```yaml".length();

        Outcome outcome = pipelines.casc(page.substring(start, page.indexOf("```", start))).run("echo 'done'");

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        SupabaseDeliveryConfiguration configuration = SupabaseDeliveryConfiguration.get();
        assertThat(configuration.environment("production").toDeployPolicy().allowWeaker())
                .containsExactly("auth.minimum_password_length");
        assertThat(configuration.environment("production").getHealth().getTimeout()).isEqualTo(60);
        assertThat(configuration.getDestinations())
                .extracting(destination -> destination.getClass().getSimpleName())
                .containsExactly("FolderDestination", "S3Destination");
    }

    @Test
    void namesWhatConcernsAControllerOnly() throws IOException {
        Outcome outcome = pipelines.casc("""
            x-anchors: {}
            jenkins:
              systemMessage: "hello"
            security:
              queueItemAuthenticator: {}
            unclassified:
              location:
                url: "https://jenkins.example.com"
            """).run("echo 'done'");

        assertThat(outcome.lines())
                .containsOnlyOnce(
                        "[Local] Ignored in the configuration, because it concerns a controller: jenkins, security,"
                                + " unclassified.location");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "projectRef               | projctRef            | line 5:"
                        + " unclassified.supabaseDelivery.environments[0] has no 'projctRef', only | did you mean"
                        + " 'projectRef'?",
                "environments:            | enviroments:         | line 3: unclassified.supabaseDelivery has no"
                        + " 'enviroments', only destinations, environments | did you mean 'environments'?",
                "supabaseDelivery:        | supabaseDelivry:     | line 2: there is no 'unclassified.supabaseDelivry'"
                        + " | did you mean 'supabaseDelivery'?",
                "\"postgresql:            | [\"postgresql:       | line 7, column | not YAML",
                "\"staging\"              | [a]                  | line 4:"
                        + " unclassified.supabaseDelivery.environments[0].name takes a single value | this is a list",
                "\"staging\"              | {a: b}               | line 4:"
                    + " unclassified.supabaseDelivery.environments[0].name takes a single value | this is a mapping",
                "\"${REF}\"               | \"short\"            | line 4: unclassified.supabaseDelivery.environments:"
                        + " | projectRef",
                "postgresql://127.0.0.1   | mysql://127.0.0.1    | line 4: unclassified.supabaseDelivery.environments:"
                        + " | databaseUrl",
                "accessTokenCredentialsId | projectRef           | line 7: the key 'projectRef' is there twice | line"
                        + " 7",
            })
    void saysWhereAFileIsWrong(String right, String wrong, String where, String what) throws IOException {
        Outcome outcome = pipelines.casc(STAGING.replace(right, wrong)).run("echo 'ran'");

        assertThat(outcome.log())
                .contains("ERROR: jenkins0.yaml, " + where)
                .contains(what)
                .doesNotContain("\nran\n", "\tat ");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void twoEnvironmentsWithOneNameAreRefusedByThePlugin() throws IOException {
        String twice = STAGING + STAGING.lines().skip(3).reduce("", (a, b) -> a + b + "\n");

        Outcome outcome = pipelines.casc(twice).run("echo 'ran'");

        assertThat(outcome.log()).contains("two environments with the name \"staging\"");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void severalFilesAreUnited() throws IOException {
        Outcome outcome = pipelines
                .casc(STAGING)
                .casc(STAGING.replace("staging", "production"))
                .run("echo 'x'");

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(SupabaseDeliveryConfiguration.get().getEnvironments())
                .extracting(EnvironmentConfiguration::getName)
                .containsExactly("staging", "production");
    }

    @Test
    void oneValueInTwoFilesIsAConflict() throws IOException {
        Outcome outcome = pipelines
                .casc("unclassified:\n  a: 1\n")
                .casc("unclassified:\n  a: 2\n")
                .run("echo 'x'");

        assertThat(outcome.log())
                .contains("ERROR: jenkins1.yaml, line 2: this is given already in jenkins0.yaml, line 2");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anUnsetVariableIsEmptyWithAWarning() throws IOException {
        Outcome outcome =
                pipelines.casc(STAGING.replace("\"token\"", "\"${NOT_SET}\"")).run("echo 'x'");

        assertThat(outcome.log())
                .contains("WARNING: jenkins0.yaml, line 7: the variable NOT_SET is not set; it is taken as empty");
        assertThat(outcome.code()).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void anchorsAndMergeKeysWork() throws IOException {
        Outcome outcome = pipelines.casc("""
            x-common: &common
              databaseUrl: "postgresql://127.0.0.1:5432/postgres"
              projectRef: "abcdefghijklmnopqrst"
            unclassified:
              supabaseDelivery:
                environments:
                  - <<: *common
                    name: "one"
                  - <<: *common
                    name: "two"
            """).run("echo 'x'");

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(SupabaseDeliveryConfiguration.get().getEnvironments()).hasSize(2);
    }

    @Test
    void credentialsAreBoundAndMasked() throws IOException {
        String content = Base64.getEncoder().encodeToString("file content".getBytes(StandardCharsets.UTF_8));
        Outcome outcome = pipelines
                .variable("TOKEN", "t0p-s3cret")
                .variable("PW", "pass^word")
                .casc("""
                    credentials:
                      system:
                        domainCredentials:
                          - credentials:
                              - string: {scope: GLOBAL, id: token, description: "a token", secret: "${TOKEN}"}
                              - usernamePassword: {id: db, username: postgres, password: "${PW}"}
                          - domain: {name: "others"}
                            credentials:
                              - file: {id: key, fileName: key.txt, secretBytes: "%s"}
                              - basicSSHUserPrivateKey: {id: ssh}
                    """.formatted(content))
                .run("""
                    pipeline {
                        agent any
                        environment {
                            TOKEN_VALUE = credentials('token')
                            DB = credentials('db')
                            KEY = credentials('key')
                        }
                        stages {
                            stage('Use') {
                                steps {
                                    sh 'echo "1 $TOKEN_VALUE 2 $DB_USR 3 $DB_PSW 4 $DB 5 $(cat $KEY)"'
                                    sh 'printf "%s" "$TOKEN_VALUE" | rev; echo'
                                    sh 'test -z "$TOKEN" && echo "not in the environment"'
                                    script { env.KEPT = KEY }
                                }
                            }
                        }
                        post { always { echo "file ${KEPT}" } }
                    }
                    """);

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .contains("\n1 **** 2 postgres 3 **** 4 **** 5 file content\n", "terc3s-p0t", "not in the environment")
                .contains("The credentials 'ssh' of the kind 'basicSSHUserPrivateKey' are ignored")
                .doesNotContain("t0p-s3cret", "pass^word");
        String file = outcome.lines().stream()
                .filter(line -> line.startsWith("file "))
                .findFirst()
                .orElseThrow();
        assertThat(Path.of(file.substring("file ".length()))).doesNotExist();
    }

    @Test
    void aCredentialThatIsNotThereIsNamed() throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent any
                environment { X = credentials('missing') }
                stages { stage('Use') { steps { echo 'ran' } } }
            }
            """);

        assertThat(outcome.log())
                .contains("ERROR: Could not find credentials entry with ID 'missing' for the variable X")
                .doesNotContain("\nran\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "strng: {id: a, secret: x}                       | no credentials of the kind 'strng'; did you mean"
                        + " 'string'?",
                "string: {id: a, sceret: x}                      | has no 'sceret', only description, id, scope,"
                        + " secret; did you mean 'secret'?",
                "string: {secret: x}                             | has no id",
                "usernamePassword: {id: a, user: x}              | has no 'user'",
                "usernamePassword: {id: a, username: [x]}        | 'username' takes a single value",
                "file: {id: a, fileName: ../x, secretBytes: eA==} | fileName is the name of a file without a folder",
                "file: {id: a, fileName: x, secretBytes: '***'}  | secretBytes is not Base64",
                "string: text                                    | takes keys and values",
            })
    void saysWhereCredentialsAreWrong(String credentials, String message) throws IOException {
        Outcome outcome = pipelines
                .casc("credentials:\n  system:\n    domainCredentials:\n      - credentials:\n          - "
                        + credentials)
                .run("echo 'ran'");

        assertThat(outcome.log())
                .contains("ERROR: jenkins0.yaml, line 5: ", message)
                .doesNotContain("\nran\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void twoCredentialsWithOneIdAreRefused() throws IOException {
        Outcome outcome = pipelines.casc("""
            credentials:
              system:
                domainCredentials:
                  - credentials:
                      - string: {id: a, secret: x}
                      - string: {id: a, secret: y}
            """).run("echo 'ran'");

        assertThat(outcome.log()).contains("jenkins0.yaml, line 6:", "two credentials with the id 'a'");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Path missing = folder.resolve("missing.yaml");

        Outcome outcome = pipelines.cascAt(missing).run("echo 'ran'");

        assertThat(outcome.log())
                .isEqualTo("ERROR: " + missing + ": there is no such file or folder\nNothing was run.\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFolderStandsForItsFiles() throws IOException {
        Path casc = Files.createDirectories(folder.resolve("casc/inner"));
        Files.writeString(casc.resolve("b.yml"), STAGING);
        Files.writeString(casc.getParent().resolve("a.yaml"), "jenkins: {}\n");
        Files.writeString(casc.resolve("c.txt"), "not: [yaml");

        Outcome outcome = pipelines.cascAt(casc.getParent()).run("echo 'x'");

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(SupabaseDeliveryConfiguration.get().getEnvironments()).hasSize(1);
    }
}

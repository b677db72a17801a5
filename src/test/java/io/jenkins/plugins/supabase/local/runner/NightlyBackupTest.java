package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The steps about backups, beginning with the example's nightly pipeline, by the local runner. */
@Timeout(180)
class NightlyBackupTest {
    private static final Path EXAMPLE = Path.of("docs/examples/backups");

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Pipelines pipelines;

    @BeforeEach
    void prepare() throws Exception {
        database = TestDatabase.create();
        database.execute("CREATE TABLE votes (id int PRIMARY KEY, choice text);"
                + " INSERT INTO votes VALUES (1, 'tea'), (2, 'coffee')");
        for (String place : List.of("near", "far")) {
            Files.createDirectories(folder.resolve(place));
        }
        BackupFixture keys = new BackupFixture(folder);
        String identity = BackupFixture.newIdentityText();
        String signing = BackupFixture.newSigningKeyText();
        pipelines = new Pipelines(folder)
                .cascAt(EXAMPLE.resolve("jenkins.yaml"))
                .variable("PRODUCTION_DATABASE_URL", database.url())
                .variable("PRODUCTION_DB_PASSWORD", LocalPostgres.PASSWORD)
                .variable("BACKUP_RECIPIENT", AgeIdentity.parse(new SecretText(identity)).recipient().text())
                .variable("BACKUP_BREAK_GLASS_RECIPIENT", keys.second.recipient().text())
                .variable("BACKUP_SIGNING_KEY", signing.replace('\n', ' '))
                .variable("BACKUP_VERIFICATION_KEY", BackupFixture.publicHalf(signing))
                .variable("BACKUP_IDENTITY", identity)
                .variable("BACKUP_NEAR", folder.resolve("near").toString())
                .variable("BACKUP_FAR", folder.resolve("far").toString());
        StepDescriptor.all().forEach(pipelines::step);
    }

    @AfterEach
    void forget() {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        SupabaseDeliveryConfiguration.get().setDestinations(List.of());
    }

    @Test
    void theExampleBacksUpDrillsAndKeeps() throws Exception {
        Outcome outcome = pipelines.runFile(EXAMPLE.resolve("Jenkinsfile"));

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .containsSubsequence("rows in near and far", "is sound, verified by restore", "Restored in ")
                .containsSubsequence("stays in destination near: newest", "sound, verified by restore at ")
                .doesNotContain("coffee", LocalPostgres.PASSWORD + "@");
        assertThat(database.query("SELECT kind FROM supabase_delivery.audit_events ORDER BY seq"))
                .containsExactly("backup.made", "backup.verified");
    }

    @Test
    void restoresIntoANewDatabaseWhenSomebodyTypedIt() throws Exception {
        String restore = "restoreBackup environment: 'production', to: 'production', database: 'restored_by_step'";
        Outcome outcome = pipelines.run("""
            node {
                runBackup environment: 'production'
                try { %s } catch (e) { echo "refused: ${e.message}" }
                def result = %s, confirm: 'production/restored_by_step'
                echo "restored ${result.rows} rows of ${result.environment}"
                try { %s, confirm: 'production/restored_by_step' } catch (e) { echo "refused: ${e.message}" }
            }
            """.formatted(restore, restore, restore));

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .contains("Let somebody type what is meant", "confirm: 'production/restored_by_step'")
                .containsSubsequence("restored 2 rows of production", "refused: ", "is not empty");
        TestDatabase.create().execute("DROP DATABASE restored_by_step");
    }

    @Test
    void whatGoesElsewhereIsMaskedAsAnAdministratorDemands() throws Exception {
        database.execute("CREATE SCHEMA auth; CREATE TABLE auth.users (email text);"
                + " INSERT INTO auth.users VALUES ('eve@secret.example')");
        String restore = "restoreBackup environment: 'production', databaseUrl: '"
                + BackupFixture.urlOfNew(database, "elsewhere") + "', databaseCredentialsId: 'production-db',"
                + " confirm: 'elsewhere', tables: ['auth.users']";
        Outcome outcome = pipelines.run("""
                node {
                    runBackup environment: 'production'
                    try { %s, mask: ['auth.users.email': 'null'] } catch (e) { echo "refused: ${e.message}" }
                    def restored = %s
                    echo "returned ${restored.rows} of the rows"
                }
                """.formatted(restore, restore));

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .contains("refused: An administrator has decided that auth.users.email")
                .contains("loading 1 rows, with 1 column masked", "returned 1 of the rows");
        try (Connection elsewhere = DriverManager.getConnection(
                        "jdbc:" + BackupFixture.urlOfNew(database, "elsewhere"), LocalPostgres.USER,
                        LocalPostgres.PASSWORD);
                ResultSet row = elsewhere.createStatement().executeQuery("SELECT email FROM auth.users")) {
            row.next();
            assertThat(row.getString(1)).endsWith("@masked.invalid");
        }
        TestDatabase.create().execute("DROP DATABASE elsewhere");
    }

    @Test
    void takesThePlaceOfTheDatabaseWhenSomebodyTypedIt() throws Exception {
        String restore = "restoreBackup environment: 'production', mode: 'inPlace', to: 'production'";
        Outcome outcome = pipelines.run("""
                node {
                    runBackup environment: 'production'
                    try { %s } catch (e) { echo "refused: ${e.message}" }
                    def some = %s, confirm: 'replace production', tables: ['public.votes']
                    echo "before: ${some.before}"
                    def old = some.before - 'the backup '
                    verifyBackup environment: 'production', id: old, depth: 'read'
                    %s, id: some.id, confirm: 'replace production', tables: ['public.votes'], recentBackup: '1h'
                    %s, id: old, confirm: 'replace production', tables: ['public.votes'], recentBackup: '1h'
                    def all = %s, id: some.id, confirm: 'replace production'
                    echo "before: ${all.before}"
                }
                """.formatted(restore, restore, restore, restore, restore));

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .contains("refused: restoreBackup would replace ", "confirm: 'replace production'")
                .containsSubsequence("Backing up production as it is now", "before: the backup 000002-",
                        "The backup 000002-", "is young enough", "No proven backup is young enough",
                        "Backing up production as it is now", "is kept as",
                        "before: the database " + database.name() + "_before_");
        assertThat(database.query("SELECT choice FROM votes ORDER BY id")).containsExactly("tea", "coffee");
        String kept = database.query("SELECT datname FROM pg_database WHERE datname LIKE '%\\_before\\_%'").get(0);
        TestDatabase.create().execute("DROP DATABASE " + kept + " WITH (FORCE)");
    }

    @Test
    void whatIsDownMakesItUnstableAndWhatIsDamagedMakesItFail() throws Exception {
        Files.delete(folder.resolve("far"));
        Outcome outcome = pipelines.run("node { def b = runBackup(environment: 'production')\n"
                + "echo \"missing in ${b.failures.keySet()}\" }");
        assertThat(outcome.log()).contains("missing in [far]").endsWith("Finished: UNSTABLE\n");

        outcome = pipelines.run("node { runBackup environment: 'production', minDestinations: 2 }");
        assertThat(outcome.log())
                .contains("Of 2 destinations only 1 can be reached").endsWith("Finished: FAILURE\n");

        Files.createDirectories(folder.resolve("far"));
        outcome = pipelines.run("node { def s = syncBackups(environment: 'production')\n"
                + "echo \"copied ${s.copied.far.size()}\" }");
        assertThat(outcome.log()).contains("copied 1").endsWith("Finished: SUCCESS\n");

        damage(folder.resolve("far"));
        outcome = pipelines.run("node { verifyBackup environment: 'production', depth: 'hashes', unstableOnly: true\n"
                + "verifyBackup environment: 'production', depth: 'hashes' }");
        assertThat(outcome.log())
                .contains("is NOT sound: In destination far").endsWith("Finished: FAILURE\n");
        assertThat(database.query("SELECT kind FROM supabase_delivery.audit_events ORDER BY seq"))
                .endsWith("backup.copied", "backup.unsound", "backup.unsound");
    }

    private static void damage(Path destination) throws Exception {
        try (var files = Files.walk(destination.resolve("backups/production/parts"))) {
            Path part = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(part);
            bytes[bytes.length / 2] ^= 1;
            Files.write(part, bytes);
        }
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsDone() throws Exception {
        assertThat(pipelines.run("node { pruneBackups environment: 'production', keep: 'last 1' }").log())
                .contains("an administrator has decided that environment \"production\" keeps 'daily 7");
        assertThat(pipelines.run("node { runBackup environment: 'production', regions: 3 }").log())
                .contains("the destinations are in 2 regions");
        assertThat(pipelines.run("node { listBackups environment: 'production', destinations: ['neer'] }").log())
                .contains("\"neer\"", "did you mean 'near'?");
        assertThat(pipelines.run("node { verifyBackup environment: 'production', depth: 'deep' }").log())
                .contains("depth: 'deep', which is none of 'hashes', 'read', 'restore'");
        assertThat(pipelines.run("node { restoreBackup environment: 'production', to: 'production' }").log())
                .contains("needs either to and database");
        assertThat(pipelines.run("node { restoreBackup environment: 'production', mode: 'inplace' }").log())
                .contains("mode: 'inplace'", "did you mean 'inPlace'?");
        assertThat(pipelines.run("node { restoreBackup environment: 'production', mode: 'inPlace', to: 'production',"
                        + " database: 'x' }").log())
                .contains("in place needs the environment whose database is replaced, and nothing else");
    }
}

package io.jenkins.plugins.supabase.core.backup.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInDatabase;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.StandInProject.Status;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that the platform takes back to one of its own backups. */
class ManagedRestoreTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String RESTORE = "POST /v1/projects/*/database/backups/restore";
    private static final String CHOICES = "SELECT choice FROM votes ORDER BY id";
    private static final String EVENTS =
            "SELECT kind || ' ' || subject FROM supabase_delivery.audit_events ORDER BY seq";
    private static final Instant LAST_NIGHT = Instant.now().minus(Duration.ofHours(20));
    private static final ManagedTarget FIRST = new ManagedTarget(1L, null, null);

    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInProject project = standIn.createProject(REF);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private TestDatabase database;
    private Access access;
    private RestorePointRule rule = RestorePointRule.NONE;
    private Duration patience = Duration.ofHours(1);
    private ManagedRestore.Pace pace = ManagedRestore.Pace.DEFAULT;

    @BeforeEach
    void backUp() throws Exception {
        database = TestDatabase.create();
        database.execute("CREATE TABLE votes (id int PRIMARY KEY, choice text); INSERT INTO votes VALUES (1, 'tea')");
        project.managedBackups().of(new StandInDatabase(
                database.url().replaceFirst("/[^/]*$", ""), database.name(), LocalPostgres.USER,
                LocalPostgres.PASSWORD));
        project.managedBackups().made(LAST_NIGHT);
        database.execute("INSERT INTO votes VALUES (2, 'coffee')");
        access = new Access(
                new SecretText(standIn.accessToken()), BackupFixture.ACCESS.databaseUser(),
                BackupFixture.ACCESS.databasePassword(), null);
    }

    @AfterEach
    void forget() {
        project.managedBackups().clear();
        standIn.close();
    }

    private ManagedRestore restore(ManagedTarget target) {
        return new ManagedRestore(
                new ManagedRestoreRequest(
                        new Environment("production", REF, standIn.managementUrl(), null, database.url()), access,
                        target, rule, patience, ManagementOptions.DEFAULT,
                        new Origin("operation-" + target, "alice", "https://ci.example/job/a/1/", "ci")),
                lines::add, pace);
    }

    /** Without the pauses. */
    private ManagedRestoreSummary run(ManagedTarget target) throws InterruptedException {
        ManagedRestore restore = restore(target);
        ManagedRestore.Look look = new ManagedRestore.Look(restore.begin(), null);
        while (look.summary() == null) {
            look = restore.look(look.state());
        }
        return look.summary();
    }

    @Test
    void aDailyBackupIsBackWhenTheProjectIsAndTheDatabaseForgotWhatItWasTold() throws Exception {
        project.managedBackups().restore().reads(3, 2);

        ManagedRestoreSummary summary = run(FIRST);

        assertThat(database.query(CHOICES)).containsExactly("tea");
        assertThat(summary.problems()).isEmpty();
        assertThat(summary.status()).isEqualTo("ACTIVE_HEALTHY");
        assertThat(summary.moment()).isEqualTo(LAST_NIGHT.toString());
        assertThat(lines)
                .anyMatch(line -> line.contains("what was written since is lost"))
                .anyMatch(line -> line.startsWith("The project is RESTORING after"))
                .anyMatch(line -> line.contains("is back after"));
        assertThat(database.query(EVENTS)).containsExactly("managedBackup.restored managed-backup/1");
    }

    @Test
    void aMomentOfPointInTimeRecoveryAndBackToTheRestorePointMadeBefore() throws Exception {
        Instant moment = Instant.now().minus(Duration.ofHours(1));
        project.managedBackups().pitrFrom(LAST_NIGHT);
        project.managedBackups().moment(moment.minusSeconds(1));
        database.execute("INSERT INTO votes VALUES (3, 'water')");
        rule = RestorePointRule.REQUIRED;

        ManagedRestoreSummary summary = run(ManagedTarget.of("restore", null, moment.toString(), null));

        assertThat(database.query(CHOICES)).containsExactly("tea", "coffee");
        assertThat(summary.restorePoint()).startsWith("before-").hasSizeLessThanOrEqualTo(20);

        rule = RestorePointRule.NONE;
        run(new ManagedTarget(null, null, summary.restorePoint()));

        assertThat(database.query(CHOICES)).containsExactly("tea", "coffee", "water");
        // The point was made before anything was recorded about the restore.
        assertThat(database.query(EVENTS))
                .containsExactly("managedBackup.restored restore-point/" + summary.restorePoint());
    }

    @Test
    void aProjectThatStaysHealthyAndADatabaseThatStaysAsItIsAreNoEnd() throws Exception {
        project.managedBackups().restore().ignoring(true);
        ManagedRestore restore = restore(FIRST);
        ManagedRestoreState state = restore.begin();

        ManagedRestore.Look look = restore.look(state);

        assertThat(look.summary()).isNull();
        pace = new ManagedRestore.Pace(Duration.ZERO, Duration.ZERO);
        assertThatThrownBy(() -> restore(FIRST).look(look.state()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("did not take the database", "still has what was written", "support");
        assertThat(database.query(CHOICES)).containsExactly("tea", "coffee");
        assertThat(database.query(EVENTS)).containsExactly("managedBackup.restoring managed-backup/1");
    }

    @Test
    void aRestoreThatFailsSaysWhoCanHelp() {
        project.managedBackups().restore().endsAs(Status.RESTORE_FAILED);

        assertThatThrownBy(() -> run(FIRST))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("RESTORE_FAILED", "backups are kept", "Supabase's support", "restoreBackup");
    }

    @Test
    void anAnswerThatIsLostIsLookedAfter() throws Exception {
        standIn.faults().next(RESTORE, Fault.cut());

        run(FIRST);

        assertThat(database.query(CHOICES)).containsExactly("tea");
        assertThat(standIn.requests().count("POST /v1/projects/*/database/backups/restore")).isEqualTo(1);
        assertThat(lines).anyMatch(line -> line.contains("no usable answer came"));
    }

    @Test
    void whatSupabaseRefusesIsNotWaitedFor() throws Exception {
        standIn.faults().next(RESTORE, Fault.status(400, "Not today"));

        assertThatThrownBy(() -> run(FIRST)).isInstanceOf(DeliveryException.class).hasMessageContaining("Not today");
        assertThat(database.query(EVENTS))
                .containsExactly("managedBackup.restoring managed-backup/1", "managedBackup.failed managed-backup/1");
    }

    @Test
    void whatThereIsNotIsRefusedWithTheWayOut() {
        project.managedBackups().made(LAST_NIGHT, "FAILED", true);
        project.managedBackups().made(LAST_NIGHT, "COMPLETED", false);
        String past = "2026-01-01T00:00:00Z";

        refused(new ManagedTarget(9L, null, null), "has no backup 9", "take one of these (", "1 of " + LAST_NIGHT);
        refused(new ManagedTarget(2L, null, null), "with the status FAILED", "1 of ");
        refused(new ManagedTarget(3L, null, null), "as a logical one", "dashboard");
        refused(ManagedTarget.of("restore", null, past, null), "has no point-in-time recovery", "1 of ", "add-on");
        refused(new ManagedTarget(null, null, "nope"), "has no restore point nope", "createRestorePoint");
        project.managedBackups().pitrFrom(LAST_NIGHT);
        refused(ManagedTarget.of("restore", null, past, null), "any moment from ", "give a later time");
        refused(ManagedTarget.of("restore", null, Instant.now().toString(), null), "give an earlier time");
        project.status(Status.INACTIVE);
        refused(FIRST, "is INACTIVE", "Wait until it is ACTIVE_HEALTHY");
        assertThat(standIn.requests().count("POST /v1/projects/*/database/backups/*")).isZero();
    }

    private void refused(ManagedTarget target, String... said) {
        assertThatThrownBy(() -> restore(target).begin())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Nothing was changed")
                .hasMessageContainingAll(said);
    }

    @Test
    void whereARestorePointIsRequiredNothingIsDoneWithout() throws Exception {
        project.restorePoints().failing(true);
        rule = RestorePointRule.REQUIRED;

        assertThatThrownBy(() -> run(FIRST)).hasMessageContainingAll("FAILED", "was not taken back", "runBackup");

        rule = RestorePointRule.IF_POSSIBLE;
        assertThat(run(FIRST).restorePoint()).isNull();
        assertThat(lines).anyMatch(line -> line.startsWith("WARNING: there is no restore point"));
    }

    @Test
    void aDeploymentThatRunsIsNotCutOff() throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(%d, 1)".formatted(AdvisoryLock.NAMESPACE));

            assertThatThrownBy(() -> restore(FIRST).begin()).hasMessageContaining("deployment");
        }
        assertThat(project.managedBackups().restore().goesOn()).isFalse();
    }

    @Test
    void aDatabaseThatCannotBeReachedIsTakenBackAllTheSame() throws Exception {
        access = new Access(access.accessToken(), null, null, null);

        ManagedRestoreSummary summary = run(FIRST);

        assertThat(database.query(CHOICES)).containsExactly("tea");
        assertThat(summary.problems()).hasSize(2);
        assertThat(lines).anyMatch(line -> line.startsWith("WARNING: that the database is taken back is not on"));
    }

    @Test
    void aDatabaseThatComesBackEmptyIsNoticed() throws Exception {
        run(FIRST);
        Instant moment = Instant.now().plusSeconds(60);
        DatabaseMark mark = new RestoreLog(request(ManagedTarget.of("restore", null, moment.toString(), null)),
                lines::add).before(moment, null);

        database = TestDatabase.create();

        assertThat(new RestoreLog(request(FIRST), lines::add).sign(mark)).isEqualTo(DatabaseMark.Sign.WANTING);
    }

    private ManagedRestoreRequest request(ManagedTarget target) {
        return new ManagedRestoreRequest(
                new Environment("production", REF, standIn.managementUrl(), null, database.url()), access, target,
                rule, patience, ManagementOptions.DEFAULT, new Origin("operation", "alice", "", "ci"));
    }

    @Test
    void patienceEndsWithWhatGoesOn() throws Exception {
        project.managedBackups().restore().reads(0, 1000);
        patience = Duration.ZERO;
        ManagedRestore restore = restore(FIRST);
        ManagedRestoreState state = restore.begin();

        assertThatThrownBy(() -> restore.look(state))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("was not back after 0 min", "RESTORING", "Supabase goes on");
    }

    @Test
    void whoeverIsStoppedLearnsWhatGoesOn() throws Exception {
        project.managedBackups().restore().reads(0, 1000);
        Thread stopped = new Thread(() -> {
            try {
                restore(FIRST).run(state -> {});
            } catch (InterruptedException e) {
                lines.add("stopped");
            }
        });
        stopped.start();
        while (lines.stream().noneMatch(line -> line.contains("RESTORING"))) {
            Thread.sleep(10);
        }
        stopped.interrupt();
        stopped.join();

        assertThat(lines).contains("stopped").anyMatch(line -> line.startsWith("Supabase goes on taking"));
    }

    @Test
    void oneThingIsWantedAndATimeHasAZone() {
        assertThatThrownBy(() -> ManagedTarget.of("restore", 1L, "2026-01-01T00:00:00Z", null))
                .hasMessageContaining("exactly one of");
        assertThatThrownBy(() -> ManagedTarget.of("restore", null, null, null)).hasMessageContaining("exactly one of");
        assertThatThrownBy(() -> ManagedTarget.of("restore", null, "2026-01-01T00:00:00", null))
                .hasMessageContaining("none with a zone");
        assertThat(ManagedTarget.of("restore", null, "2026-01-01T01:00:00.5+01:00", null).moment())
                .isEqualTo("2026-01-01T00:00:00Z");
    }
}

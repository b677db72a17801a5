package io.jenkins.plugins.supabase.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.backup.RestoreSummary;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.InPlaceRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.restore.RestoredStorage;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A restore, on the agent. */
final class RestoreCallable extends OperationCallable {
    private static final long serialVersionUID = 1L;
    private static final int PARALLEL = 2;

    private final BackupPlace place;
    private final String id;
    private final SecretText identity;
    private final RestoreChoice choice;
    private final Environment target;
    private final Access access;
    private final String address;
    /** Of a restore in place; null for one into a new database. */
    private final SafetyPlace safety;
    private final ProjectRestore project;
    private final boolean goingOn;

    /** @param safety where what is replaced is backed up before; null for a restore into a new database */
    RestoreCallable(
            String operationId,
            TaskListener listener,
            BackupPlace place,
            String id,
            SecretText identity,
            RestoreChoice choice,
            Environment target,
            Access access,
            String address,
            SafetyPlace safety,
            ProjectRestore project,
            boolean goingOn) {
        super(operationId, listener);
        this.place = place;
        this.id = id;
        this.identity = identity;
        this.choice = choice;
        this.target = target;
        this.access = access;
        this.address = address;
        this.safety = safety;
        this.project = project;
        this.goingOn = goingOn;
    }

    @Override
    Serializable run(Progress progress) throws InterruptedException {
        if (goingOn && safety != null) {
            throw new DeliveryException("A restore in place is not begun a second time by itself, after a restart or a"
                    + " lost connection: the first attempt may have replaced " + address + ", or is at it still."
                    + " Nothing more was done. See what the database has, then restore again.");
        }
        try {
            return place.run(destinations -> restore(place.store(destinations), progress));
        } catch (DeliveryException e) {
            throw goingOn && project.database()
                    ? new DeliveryException(e.getMessage() + " This is the second attempt, after a restart or a lost"
                            + " connection: the first one may have made " + address + ", or a part of it. Drop that"
                            + " database unless it is another one, then restore again.")
                    : e;
        }
    }

    private RestoreSummary restore(BackupStore store, Progress progress) throws InterruptedException {
        StoredBackup backup = store.find(id, place.key());
        BackupManifest manifest = backup.manifest();
        AgeIdentity key = AgeIdentity.parse(identity);
        progress.line("Restoring backup %s of %s %s %s".formatted(
                manifest.id(), place.name(), safety == null ? "into" : "in the place of", address));
        long start = System.nanoTime();
        Duration duration = Duration.ZERO;
        List<String> problems = backup.problems();
        long rows = 0;
        String before = null;
        if (!project.database()) {
            progress.line("The database is left alone");
        } else if (safety == null) {
            BackupRestorer.Result result =
                    new BackupRestorer(store, PARALLEL, progress).run(backup, key, choice, target, access);
            duration = result.duration();
            rows = result.rows();
            problems = result.problems();
        } else {
            InPlaceRestorer.Result result = new InPlaceRestorer(store, PARALLEL, progress)
                    .run(backup, key, choice, target, access, () -> safety.backUp(manifest.id(), progress));
            duration = result.duration();
            rows = result.rows();
            problems = result.problems();
            before = result.before();
        }
        RestoredStorage storage = project.storage(store, backup, key, progress);
        project.config(store, backup, key, progress);
        if (!project.database() || storage != null) {
            duration = Duration.ofNanos(System.nanoTime() - start);
        }
        RestoreSummary summary = new RestoreSummary(
                manifest.id(), place.name(), manifest.snapshotTime().toString(), address, duration.toMillis(),
                rows, manifest.size(), before, storage, project.folder(),
                new ArrayList<>(problems));
        summary.problems().forEach(problem -> progress.line("WARNING: " + problem));
        progress.line("%s was restored %s %s in %.1f s".formatted(
                summary.id(), safety == null ? "into" : "in the place of", address, summary.durationMillis() / 1e3));
        if (before != null) {
            progress.line("What was there before is " + before);
        }
        place.log(progress).restored(summary);
        return summary;
    }
}

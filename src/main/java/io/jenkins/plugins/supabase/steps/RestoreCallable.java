package io.jenkins.plugins.supabase.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.backup.RestoreSummary;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;
import java.util.ArrayList;

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
    private final boolean goingOn;

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
            boolean goingOn) {
        super(operationId, listener);
        this.place = place;
        this.id = id;
        this.identity = identity;
        this.choice = choice;
        this.target = target;
        this.access = access;
        this.address = address;
        this.goingOn = goingOn;
    }

    @Override
    Serializable run(Progress progress) throws InterruptedException {
        try {
            return place.run(destinations -> {
                BackupStore store = place.store(destinations);
                StoredBackup backup = store.find(id, place.key());
                BackupManifest manifest = backup.manifest();
                progress.line("Restoring backup " + manifest.id() + " of " + place.name() + " into " + address);
                BackupRestorer.Result result = new BackupRestorer(store, PARALLEL, progress)
                        .run(backup, AgeIdentity.parse(identity), choice, target, access);
                RestoreSummary summary = new RestoreSummary(
                        manifest.id(),
                        place.name(),
                        manifest.snapshotTime().toString(),
                        address,
                        result.duration().toMillis(),
                        manifest.rows(),
                        manifest.size(),
                        new ArrayList<>(result.problems()));
                summary.problems().forEach(problem -> progress.line("WARNING: " + problem));
                progress.line("%s was restored into %s in %.1f s"
                        .formatted(summary.id(), address, summary.durationMillis() / 1e3));
                place.log(progress).restored(summary);
                return summary;
            });
        } catch (DeliveryException e) {
            throw goingOn
                    ? new DeliveryException(e.getMessage() + " This is the second attempt, after a restart or a"
                            + " lost"
                            + " connection: the first one may have made " + address + ", or a part of it. Drop that"
                            + " database unless it is another one, then restore again.")
                    : e;
        }
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.management.StorageClient;
import io.jenkins.plugins.supabase.core.migration.MigrationDeployer;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds what leads back to the snapshots of one or several deployments: functions first, the database last. */
final class Undos {
    private final Target target;
    private final Snapshots snapshots;
    private final Progress progress;
    private final List<Undo> all = new ArrayList<>();
    private FunctionUndo functions;
    private SecretUndo secrets;

    Undos(Target target, Snapshots snapshots, Progress progress) {
        this.target = target;
        this.snapshots = snapshots;
        this.progress = progress;
    }

    /**
     * @param previous  the release to go back to
     * @param functions of that release; empty where its bundle is gone
     * @param scratch   an empty folder, which the caller deletes
     */
    Undos withPlatform(PreviousRelease previous, Collection<EdgeFunction> functions, Path scratch)
            throws InterruptedException {
        if (target.client() == null) {
            return this;
        }
        Optional<FunctionUndo> functionUndo = FunctionUndo.of(
                snapshots, functions, previous.state().functions(), target.client(), progress, scratch);
        Optional<SecretUndo> secretUndo = SecretUndo.of(
                snapshots,
                previous.secrets(),
                previous.stored(),
                previous.state().secrets(),
                target.client(),
                progress);
        this.functions = functionUndo.orElse(null);
        this.secrets = secretUndo.orElse(null);
        functionUndo.ifPresent(all::add);
        secretUndo.ifPresent(all::add);
        ConfigUndo.of(snapshots, target.client(), progress).ifPresent(all::add);
        return this;
    }

    /** Opened only where a bucket is to be put back, as it may cost a call. */
    interface StorageSource {
        StorageClient open() throws InterruptedException;
    }

    Undos withBuckets(StorageSource storage) throws InterruptedException {
        BucketUndo.of(snapshots, storage, progress).ifPresent(all::add);
        return this;
    }

    /** @param applied versions that the database has now */
    Undos withMigrations(MigrationDeployer deployer, Collection<String> applied) {
        MigrationSnapshot.first(snapshots)
                .map(snapshot -> snapshot.wayBack(applied))
                .ifPresent(way -> all.add(new MigrationUndo(deployer, way, MadeRestorePoint.all(snapshots))));
        return this;
    }

    /** @param release closed with what is returned; null where there is none */
    WayBack wayBack(ReleaseWorkspace release) {
        return new WayBack(all, release);
    }

    /** @return what runs once the way back was gone; null where no function was put back */
    List<RecordedFunction> recordedFunctions() {
        return functions == null ? null : functions.record();
    }

    /** @return what is set once the way back was gone; null where no secret was put back */
    List<RecordedSecret> recordedSecrets() {
        return secrets == null ? null : secrets.record();
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.migration.MigrationDeployer;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.util.List;

/** Takes migrations back by their rollback files. */
final class MigrationUndo implements Undo {
    private final MigrationDeployer deployer;
    private final MigrationSnapshot.Way way;
    private final List<MadeRestorePoint> restorePoints;

    /** @param restorePoints of the deployments that are taken back */
    MigrationUndo(MigrationDeployer deployer, MigrationSnapshot.Way way, List<MadeRestorePoint> restorePoints) {
        this.deployer = deployer;
        this.way = way;
        this.restorePoints = List.copyOf(restorePoints);
    }

    @Override
    public String kind() {
        return "migrations";
    }

    @Override
    public List<String> changes() {
        return way.back().stream()
                .map(file -> "rollbacks/" + file.fileName() + " takes back " + file.version())
                .toList();
    }

    @Override
    public List<String> remains() {
        return way.stay().stream()
                .map(version -> "migration " + version + " (it, or one after it, has no file in supabase/rollbacks"
                        + offer(version) + ")")
                .toList();
    }

    private String offer(String version) {
        return MadeRestorePoint.before(version, restorePoints)
                .map(point -> "; Supabase can take the whole database, with all that was written since, back to the restore"
                        + " point " + point.name() + " of " + point.completedOn())
                .orElse("");
    }

    @Override
    public String run() throws InterruptedException {
        List<MigrationFile> back = way.back();
        return Count.of(deployer.revert(back, outcome -> {}).size(), "migration") + " taken back";
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.migration.MigrationDeployer;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

final class MigrationPart implements Part {
    private final MigrationDeployer deployer;
    private final MigrationComparison comparison;
    private final SupabaseProject project;
    private final List<MigrationFile> pending;
    private final List<MigrationOutcome> applied = Collections.synchronizedList(new ArrayList<>());

    /** @throws io.jenkins.plugins.supabase.core.operation.DeliveryException if they cannot be applied as a whole */
    MigrationPart(MigrationDeployer deployer, MigrationComparison comparison, SupabaseProject project) {
        this.deployer = deployer;
        this.comparison = comparison;
        this.project = project;
        this.pending = deployer.pending(comparison);
    }

    @Override
    public String kind() {
        return "migrations";
    }

    @Override
    public boolean hasWork() {
        return !pending.isEmpty();
    }

    @Override
    public void snapshot(Journal journal) {
        Set<String> before = comparison.files().stream().map(MigrationFile::version).collect(Collectors.toCollection(TreeSet::new));
        SortedMap<String, MigrationFile> rollbacks = new TreeMap<>();
        for (MigrationFile file : pending) {
            before.remove(file.version());
            if (project.rollbacks().containsKey(file.version())) {
                rollbacks.put(file.version(), project.rollbacks().get(file.version()));
            }
        }
        new MigrationSnapshot(before, rollbacks).save(journal);
    }

    @Override
    public void apply(Steps steps) throws InterruptedException {
        try {
            steps.run(kind(), "", () -> Count.of(deployer.apply(pending, applied::add).size(), "migration") + " applied");
        } finally {
            steps.record(applied().stream()
                    .map(outcome -> new StepReport(
                            "migration",
                            outcome.fileName(),
                            true,
                            outcome.durationMillis(),
                            Count.of(outcome.statements(), "statement")))
                    .toList());
        }
    }

    MigrationDeployer deployer() {
        return deployer;
    }

    /** @return versions that the database has by now, as far as this deployment knows */
    List<String> appliedNow() {
        List<String> versions = new ArrayList<>(comparison.files().stream().map(MigrationFile::version).toList());
        pending.forEach(file -> versions.remove(file.version()));
        applied().forEach(outcome -> versions.add(outcome.version()));
        return versions;
    }

    /** @return what has been applied so far */
    List<MigrationOutcome> applied() {
        synchronized (applied) {
            return List.copyOf(applied);
        }
    }
}

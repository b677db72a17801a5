package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.postgres.AppliedMigration;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A release's migrations beside what a database's history says. Versions are compared as text, as the Supabase CLI 3.1.0
 * does.
 *
 * @param files   all of the release, sorted by version
 * @param pending those that the database does not have, in order
 * @param late    those of the pending that are older than the newest applied one
 * @param missing those that the database has and the release does not
 * @param edited  those whose file is not what was applied any more
 * @param newest  version that was applied last in the order of versions; empty where none was
 */
public record MigrationComparison(
        List<MigrationFile> files,
        List<MigrationFile> pending,
        List<MigrationFile> late,
        List<AppliedMigration> missing,
        List<EditedMigration> edited,
        Optional<String> newest) {

    /** @throws DeliveryException if two files have one version */
    public static MigrationComparison of(List<MigrationFile> files, Collection<AppliedMigration> history) {
        Map<String, MigrationFile> local = byVersion(files);
        TreeMap<String, AppliedMigration> applied = new TreeMap<>();
        history.forEach(migration -> applied.put(migration.version(), migration));
        List<MigrationFile> pending = local.values().stream()
                .filter(file -> !applied.containsKey(file.version()))
                .toList();
        List<MigrationFile> late = applied.isEmpty()
                ? List.of()
                : pending.stream()
                        .filter(file -> file.version().compareTo(applied.lastKey()) < 0)
                        .toList();
        return new MigrationComparison(
                List.copyOf(local.values()),
                pending,
                late,
                applied.values().stream()
                        .filter(migration -> !local.containsKey(migration.version()))
                        .toList(),
                local.values().stream()
                        .flatMap(file -> edited(file, applied.get(file.version())))
                        .toList(),
                applied.isEmpty() ? Optional.empty() : Optional.of(applied.lastKey()));
    }

    private static Stream<EditedMigration> edited(MigrationFile file, AppliedMigration applied) {
        return applied == null ? Stream.empty() : EditedMigration.of(file, applied).stream();
    }

    private static Map<String, MigrationFile> byVersion(List<MigrationFile> files) {
        Map<String, MigrationFile> local = new TreeMap<>();
        for (MigrationFile file : files) {
            MigrationFile other = local.put(file.version(), file);
            if (other != null) {
                throw new DeliveryException("Migrations " + other.fileName() + " and " + file.fileName()
                        + " have the same version " + file.version() + ", of which the history can keep only one. Nothing was"
                        + " changed. Rename one of them to a version that is not taken.");
            }
        }
        return local;
    }

    /** @return how many of the release's migrations the database has */
    public int applied() {
        return files.size() - pending.size();
    }

    /** @return those that were edited in a way that changes what they do */
    public List<EditedMigration> rewritten() {
        return edited.stream().filter(migration -> !migration.cosmetic()).toList();
    }

    /** @return what keeps the pending ones from being applied, with the way out; empty where nothing does */
    public Optional<String> disagreement() {
        List<String> sentences = new ArrayList<>();
        if (!missing.isEmpty()) {
            sentences.add("The database's history has " + Count.of(missing.size(), "version")
                    + " without a file in supabase/migrations: "
                    + MigrationPlan.listed(missing.stream().map(AppliedMigration::version).toList()) + ".");
        }
        if (!late.isEmpty()) {
            sentences.add(Count.of(late.size(), "migration")
                    + " not yet applied but older than the newest applied version " + newest.orElseThrow() + ": "
                    + MigrationPlan.listed(late.stream().map(MigrationFile::fileName).toList()) + ".");
        }
        for (EditedMigration migration : rewritten()) {
            sentences.add(migration.file().fileName() + " was edited after it had been applied. " + migration.describe());
        }
        if (sentences.isEmpty()) {
            return Optional.empty();
        }
        sentences.add("Nothing was changed.");
        sentences.addAll(waysOut());
        return Optional.of(String.join(" ", sentences));
    }

    private List<String> waysOut() {
        List<String> ways = new ArrayList<>();
        if (!missing.isEmpty()) {
            ways.add("For the missing: deploy a commit that has the files, fetch them with 'supabase migration fetch',"
                    + " or, if they were undone by hand, run 'supabase migration repair --status reverted <version>'.");
        }
        if (!late.isEmpty()) {
            ways.add("For the late: rename each to a version after " + newest.orElseThrow()
                    + " (its order then is the same everywhere), or, if its changes are in the database already, run"
                    + " 'supabase migration repair --status applied <version>'.");
        }
        if (!rewritten().isEmpty()) {
            ways.add("For the edited: an applied migration does not run again, so put the file back as it was and write the"
                    + " change into a new migration, or, if the database has the change already, run"
                    + " 'supabase migration repair --status applied <version>', which records the file as it is now.");
        }
        return ways;
    }
}

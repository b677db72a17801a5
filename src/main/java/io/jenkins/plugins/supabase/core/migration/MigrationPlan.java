package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What is left to apply. Versions are compared as text, as the Supabase CLI 3.1.0 does, which refuses the same two cases.
 */
final class MigrationPlan {
    private static final int LISTED = 20;

    private MigrationPlan() {}

    static List<MigrationScript> of(List<MigrationFile> files, SortedSet<String> applied) {
        Map<String, MigrationFile> local = byVersion(files);
        List<String> missing = applied.stream().filter(version -> !local.containsKey(version)).toList();
        List<MigrationFile> pending =
                local.values().stream().filter(file -> !applied.contains(file.version())).toList();
        List<MigrationFile> late = applied.isEmpty()
                ? List.of()
                : pending.stream().filter(file -> file.version().compareTo(applied.last()) < 0).toList();
        if (!missing.isEmpty() || !late.isEmpty()) {
            throw new DeliveryException(disagreement(missing, late, applied));
        }
        List<MigrationScript> scripts = pending.stream().map(MigrationScript::of).toList();
        refuseProblems(scripts);
        return scripts;
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

    private static String disagreement(List<String> missing, List<MigrationFile> late, SortedSet<String> applied) {
        List<String> sentences = new ArrayList<>();
        if (!missing.isEmpty()) {
            sentences.add("The database's history has " + count(missing.size(), "version") + " without a file in"
                    + " supabase/migrations: " + listed(missing) + ".");
        }
        if (!late.isEmpty()) {
            sentences.add(count(late.size(), "migration") + " not yet applied but older than the newest applied version "
                    + applied.last() + ": " + listed(late.stream().map(MigrationFile::fileName).toList()) + ".");
        }
        sentences.add("Nothing was changed.");
        if (!missing.isEmpty()) {
            sentences.add("For the missing: deploy a commit that has the files, fetch them with 'supabase migration fetch',"
                    + " or, if they were undone by hand, run 'supabase migration repair --status reverted <version>'.");
        }
        if (!late.isEmpty()) {
            sentences.add("For the late: rename each to a version after " + applied.last()
                    + " (its order then is the same everywhere), or, if its changes are in the database already, run"
                    + " 'supabase migration repair --status applied <version>'.");
        }
        return String.join(" ", sentences);
    }

    private static void refuseProblems(List<MigrationScript> scripts) {
        List<String> problems =
                scripts.stream().flatMap(script -> script.problem().stream()).toList();
        if (!problems.isEmpty()) {
            throw new DeliveryException(count(problems.size(), "migration") + " cannot be applied as "
                    + (problems.size() == 1 ? "it is" : "they are") + ". " + String.join(". ", problems)
                    + ". No migration was applied; run the build again after that.");
        }
    }

    static String listed(List<String> names) {
        if (names.size() <= LISTED) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, LISTED)) + " and " + (names.size() - LISTED) + " more";
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

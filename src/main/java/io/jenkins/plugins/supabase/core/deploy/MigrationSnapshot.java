package io.jenkins.plugins.supabase.core.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which migrations a database had before a deployment, and the rollback files of those that it was about to apply: the way
 * back must not depend on a commit that may be gone.
 *
 * @param applied   versions
 * @param rollbacks by version
 */
record MigrationSnapshot(Set<String> applied, SortedMap<String, MigrationFile> rollbacks) {
    private static final String MIGRATIONS = "migrations";
    private static final String ROLLBACK = "rollback";
    private static final String APPLIED = "applied";
    private static final JsonMapper JSON = new JsonMapper();

    void save(Journal journal) {
        journal.saveSnapshot(MIGRATIONS, APPLIED, bytes(applied));
        rollbacks.values()
                .forEach(file -> journal.saveSnapshot(
                        ROLLBACK, file.fileName(), file.sql().getBytes(StandardCharsets.UTF_8)));
    }

    /** @return of the first of the deployments whose snapshots these are, with the rollback files of all */
    static Optional<MigrationSnapshot> first(Snapshots snapshots) {
        List<SortedMap<String, byte[]>> migrations = snapshots.of(MIGRATIONS);
        if (migrations.isEmpty()) {
            return Optional.empty();
        }
        Set<String> applied;
        try {
            applied = new LinkedHashSet<>(
                    JSON.readValue(migrations.get(0).get(APPLIED), new TypeReference<List<String>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SortedMap<String, MigrationFile> files = new TreeMap<>();
        snapshots.of(ROLLBACK).forEach(kept -> kept.forEach((name, sql) -> {
            int underscore = name.indexOf('_');
            String version = name.substring(0, underscore);
            files.put(version, new MigrationFile(
                    version,
                    name.substring(underscore + 1, name.length() - ".sql".length()),
                    Path.of("supabase", "rollbacks", name),
                    new String(sql, StandardCharsets.UTF_8)));
        }));
        return Optional.of(new MigrationSnapshot(applied, files));
    }

    /**
     * What leads back to this snapshot. Migrations are taken back from the newest on; the first that has no rollback file
     * stays, and so do all before it, as they may be what it stands on.
     *
     * @param now versions that the database has
     */
    Way wayBack(Collection<String> now) {
        List<String> since = now.stream()
                .filter(version -> !applied.contains(version))
                .sorted(Comparator.reverseOrder())
                .toList();
        List<MigrationFile> back = new ArrayList<>();
        for (String version : since) {
            if (!rollbacks.containsKey(version)) {
                break;
            }
            back.add(rollbacks.get(version));
        }
        return new Way(back, since.subList(back.size(), since.size()));
    }

    /**
     * @param back in the order in which they are to run
     * @param stay versions that cannot be taken back, the newest first
     */
    record Way(List<MigrationFile> back, List<String> stay) {
        Way {
            back = List.copyOf(back);
            stay = List.copyOf(stay);
        }
    }

    private static byte[] bytes(Collection<String> versions) {
        try {
            return JSON.writeValueAsBytes(versions);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

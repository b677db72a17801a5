package io.jenkins.plugins.supabase.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.testing.PgDump;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The lock trace against PostgreSQL's documentation. */
class KnownLocksTest {
    @Test
    void locksAreThoseOfTheManual() throws Exception {
        assumeThat(PgDump.isAvailable()).as("pg_dump is installed").isTrue();
        TracedDatabase database = TracedDatabase.with(TracedDatabase.resource("bookshop.sql"));
        Map<String, String> expected = new LinkedHashMap<>();
        TracedDatabase.resource("known-locks.txt").lines().filter(line -> line.contains(" ->")).forEach(line -> {
            String[] sides = line.split(" ->", 2);
            expected.put(sides[0], sides[1].strip());
        });
        assertThat(expected).hasSizeGreaterThan(60);
        List<MigrationFile> files = new ArrayList<>();
        expected.keySet().forEach(sql -> files.add(TracedDatabase.migration(100 + files.size(), sql)));

        TraceReport report = database.trace(files);

        Map<String, String> seen = new LinkedHashMap<>();
        for (TraceReport.Migration migration : report.migrations()) {
            String sql = files.get(seen.size()).sql();
            assertThat(migration.failure()).as(sql).isNull();
            seen.put(sql, inWords(migration));
        }
        assertThat(report.incomplete()).isEmpty();
        Map<String, String> sorted = new LinkedHashMap<>();
        expected.forEach((sql, locks) -> sorted.put(sql, sorted(locks)));
        assertThat(differences(sorted, seen)).isEmpty();
    }

    private static List<String> differences(Map<String, String> expected, Map<String, String> seen) {
        return expected.keySet().stream()
                .filter(sql -> !expected.get(sql).equals(seen.get(sql)))
                .map(sql -> sql + " -> " + seen.get(sql) + " instead of " + expected.get(sql))
                .toList();
    }

    private static String inWords(TraceReport.Migration migration) {
        SortedMap<String, String> tables = new TreeMap<>();
        for (TraceReport.Statement statement : migration.statements()) {
            statement.locks().forEach(lock -> tables.put(lock.table(), LockMode.of(lock.mode()).name()));
            statement.rewrites().forEach(table -> tables.merge(table, " rewrite", String::concat));
            statement.scans().forEach(table -> tables.merge(table, " scan", String::concat));
        }
        List<String> words = new ArrayList<>();
        tables.forEach((table, what) -> words.add(table.replace("app.", "") + " " + what));
        return String.join(", ", words);
    }

    private static String sorted(String locks) {
        return String.join(", ", List.of(locks.split(", ")).stream().sorted().toList());
    }
}

package io.jenkins.plugins.supabase.bench;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupRunner;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Backups beside pg_dump and beside a pipe of pg_dump, zstd and age, each a process of its own, by turns; also a
 * restore and a verification. All three also in a virtual machine that has done the same once before, as that of a
 * Jenkins agent has: these print how long the second time took. The first argument is the size, see
 * {@link BackupTables}: 1 for 1.4 GB. A second argument, {@code memory}, leaves out all but ours, once, for
 * sizes whose time is not of interest, but whose memory is. Needs pg_dump, pg_restore, zstd, age.
 */
public final class BackupBenchmark {
    private static final PrintStream OUT = System.out;
    private static final int RUNS = 3;
    private static final String TWICE = "-twice";
    /** For a virtual machine that lives a few seconds, what compiling well costs is more than it gains. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private final Path folder = Files.createTempDirectory("supabase-delivery-bench-");
    private final String identity = BackupFixture.newIdentityText();
    private final String signing = BackupFixture.newSigningKeyText();
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    private BackupBenchmark() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 2) {
            ours(arguments);
            return;
        }
        new BackupBenchmark().run(arguments.length == 0 ? 1 : Double.parseDouble(arguments[0]), arguments.length == 2);
    }

    private void run(double scale, boolean memoryAlone) throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            server.createDatabase("bench");
            try (Connection connection = server.connect("bench")) {
                BackupTables.fill(connection, scale);
            }
            Path keys = Files.createDirectories(folder.resolve("keys"));
            Files.writeString(keys.resolve("identity"), identity);
            Files.writeString(keys.resolve("signing"), signing);
            if (memoryAlone) {
                time("backup", server, ours("backup", server));
                time("verify read", server, ours("read", server));
                time("restore", server, ours("restore", server));
                return;
            }
            String recipient = AgeIdentity.parse(new SecretText(identity)).recipient().text();
            for (int run = 0; run < RUNS; run++) {
                time("pg_dump -Fc", server, "pg_dump -Fc bench > a.dump");
                time("pipe", server, "pg_dump -Fc -Z0 bench | zstd -q -3 | age -r " + recipient
                        + " | tee b.age c.age | sha256sum > sum; sync b.age c.age sum");
                time("backup", server, ours("backup", server));
                time("pg_dump plain", server, "pg_dump -Fd -j2 -Z0 -f d bench");
                time("pg_restore -j2", server, "createdb r1; pg_restore -j2 -d r1 d; dropdb r1; rm -r d");
                time("restore", server, ours("restore", server) + "; dropdb r2");
                time("verify read", server, ours("read", server));
                time("backup, C1", server, ours("backup", server, QUICK));
                time("restore, C1", server, ours("restore", server, QUICK) + "; dropdb r2");
                time("verify read, C1", server, ours("read", server, QUICK));
            }
            for (String what : List.of("backup", "restore", "read")) {
                time(what + ", twice", server, ours(what + TWICE, server)
                        + "; dropdb --if-exists r2; dropdb --if-exists r3");
            }
            report();
        }
    }

    private String ours(String what, LocalPostgres server, String... flags) {
        // It runs in another directory.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return "%s -Xmx256m %s -cp '%s' %s %s %s %s".formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), String.join(" ", flags), classPath,
                BackupBenchmark.class.getName(), what, server.url(what.startsWith("restore") ? "r2" : "bench"), folder);
    }

    private void time(String name, LocalPostgres server, String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
                .directory(folder.toFile())
                .inheritIO();
        builder.environment().putAll(Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", String.valueOf(server.port()),
                "PGUSER", LocalPostgres.USER,
                "PGPASSWORD", LocalPostgres.PASSWORD,
                "PGOPTIONS", "--client_min_messages=warning"));
        long start = System.nanoTime();
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(name + " failed");
        }
        seconds.computeIfAbsent(name, unused -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
    }

    private void report() throws IOException {
        seconds.forEach((name, all) -> OUT.printf("%-16s median %6.2f s   %s%n", name, median(name),
                all.stream().sorted().map("%.2f"::formatted).toList()));
        OUT.printf("backup to pg_dump -Fc %.2f, to the pipe %.2f; restore to pg_restore -j2 %.2f%n",
                median("backup") / median("pg_dump -Fc"), median("backup") / median("pipe"),
                median("restore") / median("pg_restore -j2"));
        OUT.printf("size of pg_dump -Fc %.1f MB, of the pipe %.1f MB%n",
                Files.size(folder.resolve("a.dump")) / 1e6, Files.size(folder.resolve("b.age")) / 1e6);
    }

    private double median(String name) {
        List<Double> all = seconds.get(name);
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    /** What the measured processes do. */
    private static void ours(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[2]);
        SigningKey key = SigningKey.parse(new SecretText(Files.readString(folder.resolve("keys/signing"))));
        AgeIdentity identity = AgeIdentity.parse(new SecretText(Files.readString(folder.resolve("keys/identity"))));
        BackupStore store = new BackupStore("production", List.of(
                new FolderDestination("near", "", Files.createDirectories(folder.resolve("near"))),
                new FolderDestination("far", "", Files.createDirectories(folder.resolve("far")))));
        String what = arguments[0].replace(TWICE, "");
        BackupManifest manifest = once(what, arguments[1], store, key, identity);
        if (arguments[0].endsWith(TWICE)) {
            long start = System.nanoTime();
            once(what, arguments[1].replaceFirst("/r2", "/r3"), store, key, identity);
            OUT.printf("%s: the second time in one virtual machine %.2f s%n", what, (System.nanoTime() - start) / 1e9);
        }
        String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM")).findFirst().orElse("");
        OUT.printf("%s: %.1f MB stored, %s%n", arguments[0], manifest.size() / 1e6, peak);
    }

    private static BackupManifest once(
            String what, String url, BackupStore store, SigningKey key, AgeIdentity identity) throws Exception {
        if (what.equals("backup")) {
            return new BackupRunner(store, line -> {}).run(new BackupRequest(
                    BackupFixture.environment(url), BackupFixture.ACCESS, List.of(identity.recipient()), key, 2,
                    2, "bench")).manifest();
        }
        StoredBackup latest = store.find(BackupStore.LATEST, key.verificationKey());
        if (what.equals("restore")) {
            new BackupRestorer(store, 2, line -> {})
                    .run(latest, identity, RestoreChoice.EVERYTHING, BackupFixture.environment(url),
                            BackupFixture.ACCESS);
        } else if (!new BackupVerifier(store, ScratchServers.onThisMachine(), 2, line -> {})
                .run(latest, Depth.READ, identity, false).isSound()) {
            throw new IllegalStateException("The backup is not sound.");
        }
        return latest.manifest();
    }
}

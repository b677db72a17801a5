package io.jenkins.plugins.supabase.bench;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.migration.MigrationDeployer;
import io.jenkins.plugins.supabase.core.migration.MigrationOptions;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import io.jenkins.plugins.supabase.core.postgres.Database;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.SupabaseCli;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long 1,000 small migrations take on a fresh database of one server, in turns: the plugin's path (read the folder,
 * connect, lock, compare with the history, apply), the Supabase CLI's push, and the least that Java and JDBC can do. What
 * is in Java runs twice: in a virtual machine that runs already, as on a Jenkins agent, and as a process of its own, the
 * start of the virtual machine included.
 */
public final class MigrationBenchmark {
    private static final int MIGRATIONS = Integer.getInteger("migrations", 1_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final double GOAL_BESIDE_CLI = 0.6;
    private static final double GOAL_BESIDE_LOOP = 1.3;

    private final LocalPostgres server;
    private final Path project;
    private final Optional<SupabaseCli> cli;
    private final Map<String, List<Long>> millis = new LinkedHashMap<>();
    private int databases;

    private MigrationBenchmark(LocalPostgres server, Path directory) throws IOException {
        this.server = server;
        this.project = directory.resolve("project");
        this.cli = SupabaseCli.find(Files.createDirectories(directory.resolve("home")));
        Path migrations = Files.createDirectories(project.resolve("supabase/migrations"));
        for (int i = 1; i <= MIGRATIONS; i++) {
            Files.writeString(migrations.resolve("2026%010d_table_%d.sql".formatted(i, i)), migration(i));
        }
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "all" : arguments[0]) {
            case "ours" -> ours(arguments[1], Path.of(arguments[2]));
            case "loop" -> loop(arguments[1], Path.of(arguments[2]));
            case "agent" -> RunningJvm.serve(command -> main(command.toArray(String[]::new)));
            default -> compare();
        }
    }

    /** A table, then a column, a policy and a function for it, as applications grow. */
    private static String migration(int number) {
        int table = (number - 1) / 4;
        return switch (number % 4) {
            case 1 -> """
                    -- Polls of district %1$d; one table of many
                    create table polls_%1$d (id bigint primary key, title text not null default 'a;b');
                    """.formatted(table);
            case 2 -> "alter table polls_%1$d add column votes integer not null default 0;%n".formatted(table);
            case 3 -> """
                    alter table polls_%1$d enable row level security;
                    create policy "everybody reads; nobody writes" on polls_%1$d for select using (true);
                    """.formatted(table);
            default -> """
                    create function vote_%1$d(poll bigint) returns void language plpgsql as $$
                    begin
                      update polls_%1$d set votes = votes + 1 where id = poll;
                    end;
                    $$;
                    """.formatted(table);
        };
    }

    private static void compare() throws Exception {
        Path directory = Files.createTempDirectory("migration-benchmark");
        try (LocalPostgres server = LocalPostgres.start()) {
            new MigrationBenchmark(server, directory).run();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
            }
        }
    }

    private void run() throws Exception {
        System.out.printf(Locale.ROOT, "%d migrations, %d rounds after one to warm the server, load average %.1f on %d processors%n",
                MIGRATIONS, ROUNDS, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
        if (cli.isEmpty()) {
            System.out.println("Left out: " + SupabaseCli.HOW_TO_INSTALL);
        }
        try (RunningJvm agent = new RunningJvm(MigrationBenchmark.class)) {
            for (int round = 0; round <= ROUNDS; round++) {
                List<String> order = new ArrayList<>(List.of("ours on an agent", "ours", "loop on an agent", "loop"));
                cli.ifPresent(found -> order.add("cli"));
                Collections.rotate(order, round);
                for (String contender : order) {
                    long time = time(contender, agent);
                    if (round > 0) {
                        millis.computeIfAbsent(contender, name -> new ArrayList<>()).add(time);
                    }
                }
            }
        }
        report();
    }

    private long time(String contender, RunningJvm agent) throws Exception {
        String database = "bench_" + ++databases;
        server.createDatabase(database);
        long start = System.nanoTime();
        if (contender.equals("cli")) {
            SupabaseCli.Outcome push = cli.orElseThrow()
                    .run(project, "db", "push", "--remote=postgresql://%s:%s@127.0.0.1:%d/%s?sslmode=disable"
                            .formatted(LocalPostgres.USER, LocalPostgres.PASSWORD, server.port(), database), "--yes");
            require(push.exitCode() == 0, push.output());
        } else if (contender.endsWith(" on an agent")) {
            agent.run(
                    contender.substring(0, contender.indexOf(' ')),
                    server.url(database),
                    project.resolve("supabase").toString());
        } else {
            Path output = project.resolveSibling("output.log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            // For both contenders in Java: what suits a process of a second or two.
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MigrationBenchmark.class.getName(),
                            contender,
                            server.url(database),
                            project.resolve("supabase").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            require(process.waitFor() == 0, Files.readString(output));
        }
        long time = (System.nanoTime() - start) / 1_000_000;
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from supabase_migrations.schema_migrations")) {
            row.next();
            require(row.getInt(1) == MIGRATIONS, contender + " recorded " + row.getInt(1));
        }
        server.connect("postgres").createStatement().execute("drop database " + database);
        return time;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }

    private void report() {
        millis.forEach((name, times) -> System.out.printf(
                "%-17s median %6d ms   %s%n", name, median(times), times));
        for (String where : List.of(" on an agent", "")) {
            double ours = median(millis.get("ours" + where));
            if (cli.isPresent()) {
                verdict("ours" + where + " / Supabase CLI", ours / median(millis.get("cli")), GOAL_BESIDE_CLI);
            }
            verdict("ours" + where + " / bare loop" + where, ours / median(millis.get("loop" + where)), GOAL_BESIDE_LOOP);
        }
    }

    private static void verdict(String name, double ratio, double goal) {
        System.out.printf(Locale.ROOT, "%-42s %.2f (goal %.1f: %s)%n", name, ratio, goal, ratio <= goal ? "met" : "MISSED");
    }

    private static long median(List<Long> times) {
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void ours(String url, Path supabase) throws Exception {
        Environment environment = new Environment("bench", null, Environment.DEFAULT_MANAGEMENT_URL, "http://127.0.0.1", url);
        Access access = new Access(null, LocalPostgres.USER, new SecretText(LocalPostgres.PASSWORD), null);
        SupabaseProject project = SupabaseProject.read(supabase);
        try (Connection connection = Database.open(environment, access);
                AdvisoryLock lock = AdvisoryLock.acquire(connection, Duration.ofMinutes(1), System.out::println)) {
            MigrationDeployer deployer = new MigrationDeployer(connection, MigrationOptions.DEFAULTS, System.out::println);
            deployer.apply(deployer.pending(project.migrations()));
        }
    }

    /** No comparison with the history, no splitting, no progress: a file's text is its only statement. */
    private static void loop(String url, Path supabase) throws Exception {
        Path[] files;
        try (Stream<Path> listed = Files.list(supabase.resolve("migrations"))) {
            files = listed.sorted().toArray(Path[]::new);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:" + url, LocalPostgres.USER, LocalPostgres.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(1)");
            statement.execute("create schema supabase_migrations");
            statement.execute("create table supabase_migrations.schema_migrations"
                    + " (version text primary key, statements text[], name text)");
            connection.setAutoCommit(false);
            try (PreparedStatement insertion = connection.prepareStatement(
                    "insert into supabase_migrations.schema_migrations(version, name, statements) values (?, ?, ?)")) {
                for (Path file : files) {
                    String sql = Files.readString(file);
                    String name = file.getFileName().toString();
                    statement.execute("set local lock_timeout = '4s'");
                    statement.execute(sql);
                    insertion.setString(1, name.substring(0, name.indexOf('_')));
                    insertion.setString(2, name.substring(name.indexOf('_') + 1, name.length() - ".sql".length()));
                    insertion.setArray(3, connection.createArrayOf("text", new String[] {sql}));
                    insertion.execute();
                    connection.commit();
                }
            }
        }
    }
}

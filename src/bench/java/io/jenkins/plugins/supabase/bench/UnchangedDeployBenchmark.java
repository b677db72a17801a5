package io.jenkins.plugins.supabase.bench;

import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.Deployer;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.GeneratedProject;
import io.jenkins.plugins.supabase.testing.SupabaseCli;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What it costs to deploy a release that runs already: calls of the Management API, and the time beyond waiting for it.
 * Every answer of the platform comes late by {@code -Dlatency}, so that what waits for the network can be told from what
 * does not. Beside it, in turns, what a shell step does with the Supabase CLI for the same release.
 */
public final class UnchangedDeployBenchmark {
    private static final String REF = "abcdefghijklmnopqrst";
    /** Of the CLI, as neither may find what the other has left. */
    private static final String OTHER = "tsrqponmlkjihgfedcba";
    private static final int MIGRATIONS = Integer.getInteger("migrations", 300);
    private static final int FUNCTIONS = Integer.getInteger("functions", 40);
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final int WARM_UP = 3;
    private static final long LATENCY = Long.getLong("latency", 100);
    private static final int MOST_CALLS = 8;
    private static final long MOST_MILLIS = 1_000;

    private final Path directory;
    private final LocalPostgres server;
    private final SupabaseStandIn standIn;
    private final StandInProject project;
    private final Optional<SupabaseCli> cli;

    /** @param millis from the step's begin to its result */
    private record Run(long millis, int calls) {
        long beyondNetwork() {
            return millis - calls * LATENCY;
        }
    }

    private UnchangedDeployBenchmark(Path directory, LocalPostgres server, SupabaseStandIn standIn) throws Exception {
        this.directory = directory;
        this.server = server;
        this.standIn = standIn;
        this.project = standIn.createProject(REF);
        this.cli = SupabaseCli.find(Files.createDirectories(directory.resolve("home")));
        if (cli.isPresent()) {
            cli.get().withPlatform(standIn.managementUrl(), standIn.accessToken());
        }
        standIn.createProject(OTHER);
        server.createDatabase("ours");
        server.createDatabase("theirs");
        GeneratedProject.write(directory.resolve("app"), MIGRATIONS, FUNCTIONS);
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("unchanged-deploy-benchmark");
        try (LocalPostgres server = LocalPostgres.start();
                SupabaseStandIn standIn = SupabaseStandIn.start()) {
            new UnchangedDeployBenchmark(directory, server, standIn).run();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }

    private void run() throws Exception {
        System.out.printf(Locale.ROOT, "%d migrations, %d edge functions, %d ms of latency, %d rounds, load average %.1f%n",
                MIGRATIONS, FUNCTIONS, LATENCY, ROUNDS,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        require(deploy().outcome() == DeployResult.Outcome.SUCCEEDED, "the first deployment failed");
        if (cli.isPresent()) {
            cli();
        }
        standIn.faults().always("* /**", Fault.slow(Duration.ofMillis(LATENCY)));
        Run[] ours = new Run[ROUNDS];
        Run[] theirs = new Run[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            Run run = ours();
            Run other = cli.isPresent() && round >= 0 ? cli() : null;
            if (round >= 0) {
                ours[round] = run;
                theirs[round] = other;
            }
        }
        Run middle = median(ours);
        report("supabaseDeploy, as on an agent", ours);
        if (cli.isPresent()) {
            report("Supabase CLI: db push, config push, functions deploy", theirs);
            System.out.printf(Locale.ROOT, "ours / Supabase CLI: %.2f of the time%n",
                    (double) middle.millis() / median(theirs).millis());
        } else {
            System.out.println("Left out: " + SupabaseCli.HOW_TO_INSTALL);
        }
        verdict("calls", middle.calls(), MOST_CALLS);
        verdict("ms beyond the network", middle.beyondNetwork(), MOST_MILLIS);
    }

    private Run ours() throws Exception {
        standIn.requests().clear();
        long start = System.nanoTime();
        DeployResult result = deploy();
        long millis = (System.nanoTime() - start) / 1_000_000;
        require(result.outcome() == DeployResult.Outcome.UNCHANGED, result.message());
        return new Run(millis, standIn.requests().entries().size());
    }

    private DeployResult deploy() throws InterruptedException {
        Environment environment =
                new Environment("bench", REF, standIn.managementUrl(), project.url(), server.url("ours"));
        Access access = new Access(
                new SecretText(standIn.accessToken()),
                LocalPostgres.USER,
                new SecretText(LocalPostgres.PASSWORD),
                new SecretText(project.keys().secret()));
        DeployRequest request = DeployRequest.of(
                environment,
                access,
                directory.resolve("app/supabase").toString(),
                new Origin(UUID.randomUUID().toString(), "bench", "", "bench"));
        Deployer deployer = new Deployer(request, line -> {});
        return deployer.apply(deployer.plan());
    }

    private Run cli() throws IOException, InterruptedException {
        standIn.requests().clear();
        String database = "--remote=postgresql://%s:%s@127.0.0.1:%d/theirs?sslmode=disable"
                .formatted(LocalPostgres.USER, LocalPostgres.PASSWORD, server.port());
        long start = System.nanoTime();
        command("db", "push", database, "--yes");
        command("config", "push", "--remote=" + OTHER, "--yes");
        command("functions", "deploy", "--use-api", "--remote=" + OTHER, "--yes");
        return new Run((System.nanoTime() - start) / 1_000_000, standIn.requests().entries().size());
    }

    private void command(String... arguments) throws IOException, InterruptedException {
        SupabaseCli.Outcome outcome = cli.orElseThrow().run(directory.resolve("app"), arguments);
        require(outcome.exitCode() == 0, String.join(" ", arguments) + ": " + outcome.output());
    }

    private static void report(String name, Run[] runs) {
        Run middle = median(runs);
        System.out.printf("%-53s median %5d ms, %d calls, %5d ms beyond the network   %s%n",
                name, middle.millis(), middle.calls(), middle.beyondNetwork(),
                Arrays.stream(runs).map(run -> run.millis() + " ms").toList());
    }

    private static void verdict(String name, long value, long goal) {
        System.out.printf("%s: %d (goal %d: %s)%n", name, value, goal, value <= goal ? "met" : "MISSED");
    }

    private static Run median(Run[] runs) {
        List<Run> sorted = Arrays.stream(runs).sorted(Comparator.comparingLong(Run::millis)).toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }
}

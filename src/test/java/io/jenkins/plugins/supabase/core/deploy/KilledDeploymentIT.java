package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.ledger.LedgerVerifier;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import io.jenkins.plugins.supabase.testing.GeneratedProject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of a deployment (SIGKILL) after lines all over its log, and after random times, and deploys once
 * more: that run must end with everything as if nobody had been killed. {@code -Dkill.runs=200} makes it thorough.
 */
class KilledDeploymentIT {
    private static final int MIGRATIONS = 6;
    private static final int FUNCTIONS = 4;
    private static final int RUNS = Integer.getInteger("kill.runs", 8);
    private static final long SEED = Long.getLong("kill.seed", 20261124L);

    @TempDir
    private static Path folder;

    private static State uninterrupted;
    private static int lines;
    private static long millis;

    /** What must be the same, whoever was killed. */
    private record State(SchemaState schema, List<String> rows, ObjectNode auth, Map<String, String> functions) {}

    @BeforeAll
    static void uninterruptedRun() throws Exception {
        try (Run run = new Run("reference")) {
            long start = System.nanoTime();
            Process process = run.start();
            List<String> log = log(process);
            assertThat(log).last().isEqualTo("SUCCEEDED");
            millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            lines = log.size();
            uninterrupted = run.state();
        }
    }

    @Test
    void theNextRunEndsAsIfNobodyHadBeenKilled() throws Exception {
        Random random = new Random(SEED);
        int killedInTheMiddle = 0;
        for (int number = 0; number < RUNS; number++) {
            int afterLine = number % 2 == 0 ? Math.max(1, lines * (number / 2 + 1) / (RUNS / 2 + 1)) : 0;
            long afterMillis = afterLine > 0 ? 0 : millis / 4 + random.nextLong(millis * 3 / 4);
            String kill = "run " + number + ", killed "
                    + (afterLine > 0 ? "after line " + afterLine : "after " + afterMillis + " ms") + ", seed " + SEED;
            try (Run run = new Run("run" + number)) {
                boolean killed = kill(run.start(), afterLine, afterMillis);
                boolean begun = killed && run.isOpenInTheLedger();
                killedInTheMiddle += begun ? 1 : 0;

                DeployResult next = run.app.deploy();

                assertThat(next.succeeded()).as(kill + ": " + next.message()).isTrue();
                assertThat(run.state()).as(kill).isEqualTo(uninterrupted);
                run.checkLedger(kill);
            }
        }
        System.out.println("Killed deployments: " + RUNS + " runs, " + killedInTheMiddle
                + " of them killed between begin and end, all converged");
    }

    @Test
    void ofTwoAtOnceOneWaitsForTheOther() throws Exception {
        try (Run run = new Run("two")) {
            Process one = run.start();
            Process other = run.start();
            List<String> first = log(one);
            List<String> second = log(other);

            assertThat(List.of(first.get(first.size() - 1), second.get(second.size() - 1)))
                    .as("%s%n%s", first, second)
                    .allMatch(end -> end.equals("SUCCEEDED") || end.equals("UNCHANGED"))
                    .contains("SUCCEEDED");
            assertThat(run.state()).isEqualTo(uninterrupted);
            assertThat(run.app.database.query("select count(*) from supabase_delivery.steps where kind = 'migrations'"))
                    .as("migrations ran once after the first release")
                    .containsExactly("2");
        }
    }

    private static boolean kill(Process process, int afterLine, long afterMillis) throws Exception {
        if (afterLine > 0) {
            try (BufferedReader reader = process.inputReader()) {
                for (int line = 0; line < afterLine && reader.readLine() != null; line++) {
                    // The next line is the next boundary.
                }
                process.destroyForcibly().waitFor();
            }
        } else if (!process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue() != 0;
    }

    private static List<String> log(Process process) throws Exception {
        try (BufferedReader reader = process.inputReader()) {
            List<String> lines = reader.lines().toList();
            process.waitFor();
            return lines;
        }
    }

    /** An environment with the first release, for which the second is about to be deployed. */
    private static final class Run implements AutoCloseable {
        private final DeployFixture app;

        Run(String name) throws Exception {
            Path workspace = Files.createDirectories(folder.resolve(name));
            app = new DeployFixture(workspace);
            GeneratedProject project = GeneratedProject.write(workspace.resolve("app"), MIGRATIONS, FUNCTIONS);
            assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
            project.change(MIGRATIONS, FUNCTIONS);
        }

        Process start() throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DeployProcess.class.getName()));
            command.addAll(List.of(
                    DeployFixture.REF,
                    app.standIn.managementUrl(),
                    app.project.url(),
                    app.database.url(),
                    app.workspace.resolve("app/supabase").toString(),
                    app.standIn.accessToken(),
                    app.project.keys().secret()));
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        State state() throws Exception {
            try (Connection connection = app.database.connect()) {
                Map<String, String> functions = new TreeMap<>();
                app.project.functions().live().forEach(function ->
                        functions.put(function.slug(), function.ezbrSha256() + " " + function.status()));
                return new State(
                        SchemaState.read(connection),
                        rows(),
                        app.project.config().section(Section.AUTH),
                        functions);
            }
        }

        private List<String> rows() throws Exception {
            List<String> rows = new ArrayList<>();
            for (String table : app.database.query("select tablename from pg_tables where schemaname = 'public' order by 1")) {
                rows.addAll(app.database.query("select '" + table + ' ' + "' || t::text from public." + table + " t order by 1"));
            }
            rows.addAll(app.history());
            return rows;
        }

        boolean isOpenInTheLedger() throws Exception {
            return app.database.query("select state from supabase_delivery.deployments order by id").contains("RUNNING");
        }

        void checkLedger(String kill) throws Exception {
            try (Connection connection = app.database.connect()) {
                assertThat(LedgerVerifier.verify(connection, null).problems()).as(kill).isEmpty();
            }
            assertThat(app.database.query("select state from supabase_delivery.deployments_current"))
                    .as(kill)
                    .doesNotContain("RUNNING");
        }

        @Override
        public void close() {
            app.close();
        }
    }
}

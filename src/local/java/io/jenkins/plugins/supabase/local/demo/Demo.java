package io.jenkins.plugins.supabase.local.demo;

import io.jenkins.plugins.supabase.local.runner.ExitCode;
import io.jenkins.plugins.supabase.local.runner.LocalRunner;
import io.jenkins.plugins.supabase.local.runner.RunRequest;
import io.jenkins.plugins.supabase.local.standin.StandInFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Deploys the example application three times to a project that exists only on this machine: the first release, a
 * second one with a further migration, and the second one again. Checks each time what became of it.
 */
public final class Demo {
    private static final String FUNCTION = "update-votes";
    private static final String STOPPED = "The demo was stopped";
    private static final Pattern LATENCY = Pattern.compile("(?m)^.*\\b\\d+(\\.\\d+)? ms\\b.*$");

    private final PrintStream out;
    private final Expectations expectations = new Expectations();
    private volatile LocalRunner runner;
    private volatile boolean stopped;

    public Demo(PrintStream out) {
        this.out = out;
    }

    /** @return {@link ExitCode#SUCCESS} if everything happened that should have */
    public ExitCode run() throws IOException, SQLException, InterruptedException {
        headline("Starting an embedded PostgreSQL and a stand-in for Supabase");
        try (DemoProject project = DemoProject.start();
                ExampleRepository repository = ExampleRepository.create()) {
            out.println(project.describe());
            out.println("The example application is in " + repository.root()
                    + (repository.isUnderGit() ? ", committed to git" : ""));
            firstRelease(project, repository);
            if (expectations.failed().isEmpty()) {
                secondRelease(project, repository);
            }
            if (expectations.failed().isEmpty()) {
                sameReleaseAgain(project, repository);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            // PostgreSQL stops by itself when the process is told to end, whatever is under way.
            if (!stopped) {
                throw e;
            }
        }
        if (stopped) {
            out.println("The demo was stopped, and what it made is deleted.");
            return ExitCode.FAILED;
        }
        return summary();
    }

    /** Lets the deployment that runs end, whereupon the demo cleans up. Callable from any thread. */
    public void abort() {
        stopped = true;
        LocalRunner current = runner;
        if (current != null) {
            current.abort(STOPPED);
        }
    }

    private void firstRelease(DemoProject project, ExampleRepository repository) throws IOException, SQLException {
        headline("First run: the first release into an empty project");
        String log = deploy(project, repository, "1st run");
        List<String> applied = project.appliedMigrations();
        expectations.expect(
                "1st run: all " + applied.size() + " migrations are in the history of a real PostgreSQL",
                repository.migrations(),
                applied);
        expectations.expect(
                "1st run: the tables exist",
                List.of("polls", "votes"),
                project.query("select tablename from pg_tables where schemaname = 'public' and tablename in ('polls',"
                        + " 'votes') order by 1"));
        expectations.expect("1st run: the function " + FUNCTION + " is live", Optional.of(1), version(project));
        expectations.expect(
                "1st run: the function was probed, with its latency",
                LATENCY.matcher(log).results().anyMatch(line -> line.group().contains(FUNCTION)));
        expectations.expect(
                "1st run: the database was probed, with its latency",
                LATENCY.matcher(log).results().anyMatch(line -> line.group().contains("database")));
    }

    private void secondRelease(DemoProject project, ExampleRepository repository)
            throws IOException, SQLException, InterruptedException {
        headline("Second run: a second commit with one more migration");
        List<String> before = project.appliedMigrations();
        repository.release();
        project.forgetRequests();
        deploy(project, repository, "2nd run");
        List<String> added = new ArrayList<>(project.appliedMigrations());
        added.removeAll(before);
        List<String> expected = new ArrayList<>(repository.migrations());
        expected.removeAll(before);
        expectations.expect("2nd run: there was one more migration", 1, expected.size());
        expectations.expect("2nd run: only the new migration " + expected + " was applied", expected, added);
        expectations.expect("2nd run: the function was left as it was", Optional.of(1), version(project));
    }

    private void sameReleaseAgain(DemoProject project, ExampleRepository repository) throws IOException, SQLException {
        headline("Third run: the same commit again");
        List<String> before = project.appliedMigrations();
        String schemaBefore = fingerprint(project);
        project.forgetRequests();
        deploy(project, repository, "3rd run");
        expectations.expect("3rd run: no migration was applied", before, project.appliedMigrations());
        expectations.expect("3rd run: the catalogue is unchanged", schemaBefore, fingerprint(project));
        expectations.expect("3rd run: nothing was sent to change the project", List.of(), functionChanges(project));
        expectations.expect("3rd run: the function was left as it was", Optional.of(1), version(project));
    }

    private String deploy(DemoProject project, ExampleRepository repository, String which) {
        Recorder recorder = new Recorder(out);
        runner =
                new LocalRunner(new PrintStream(recorder, true, StandardCharsets.UTF_8), InputStream.nullInputStream());
        if (stopped) {
            runner.abort(STOPPED);
        }
        ExitCode code = runner.run(new RunRequest(
                repository.root().resolve("Jenkinsfile"),
                List.of(repository.root().resolve("jenkins.yaml")),
                repository.root(),
                System.getProperty("user.name"),
                Map.of("ENVIRONMENT", "staging"),
                project.environment()));
        expectations.expect(which + ": the Jenkinsfile succeeded", ExitCode.SUCCESS, code);
        return recorder.text();
    }

    /** Bundling a function to compare it changes nothing; activating, patching or deleting one does. */
    private static List<String> functionChanges(DemoProject project) {
        return project.changingRequests().stream()
                .filter(line -> !line.endsWith("/functions/deploy"))
                .toList();
    }

    private static Optional<Integer> version(DemoProject project) {
        return project.function(FUNCTION).map(StandInFunction::version);
    }

    /** @return changes when any table, column, function, policy or row of history does */
    private static String fingerprint(DemoProject project) throws SQLException {
        return project.query(
                        "select md5(concat((select string_agg(concat_ws(' ', c.oid, c.relname, a.attname, a.atttypid),"
                            + " ',' order by c.oid, a.attnum) from pg_class c join pg_namespace n on n.oid ="
                            + " c.relnamespace left join pg_attribute a on a.attrelid = c.oid where n.nspname ="
                            + " 'public'), (select string_agg(oid || prosrc, ',' order by oid) from pg_proc where"
                            + " pronamespace = 'public'::regnamespace), (select string_agg(oid || polname, ',' order"
                            + " by oid) from pg_policy), (select string_agg(xmin || version, ',' order by version)"
                            + " from supabase_migrations.schema_migrations)))")
                .get(0);
    }

    private ExitCode summary() {
        headline("Summary");
        expectations.met().forEach(claim -> out.println("  ok      " + claim));
        expectations.failed().forEach(claim -> out.println("  FAILED  " + claim));
        boolean allMet = expectations.failed().isEmpty();
        out.println(
                allMet
                        ? "Everything happened as it should. PostgreSQL and the stand-in are stopped, the copy is"
                                + " deleted."
                        : "The demo failed: " + expectations.failed().size() + " expectations were not met.");
        return allMet ? ExitCode.SUCCESS : ExitCode.FAILED;
    }

    private void headline(String text) {
        out.println();
        out.println("== " + text + " ==");
    }
}

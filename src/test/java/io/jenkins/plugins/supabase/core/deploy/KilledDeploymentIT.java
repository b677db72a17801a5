package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.deploy.KilledProcess.Moment;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of a deployment (SIGKILL) at every line of its log, after every answer of the platform, and at random
 * times, and deploys once more: that run must end with everything as if nobody had been killed.
 * {@code -Dkill.runs=200} makes it thorough, {@code -Dkill.seed} another one.
 */
class KilledDeploymentIT {
    private static final int RUNS = Integer.getInteger("kill.runs", 4);
    private static final long SEED = Long.getLong("kill.seed", 20261124L);

    @TempDir
    private static Path folder;

    private static EnvironmentImage before;
    private static EnvironmentImage after;
    private static int firstLine;
    private static int lines;
    private static int firstAnswer;
    private static int answers;
    private static long millis;

    @BeforeAll
    static void uninterruptedRun() throws Exception {
        try (KillFixture run = new KillFixture(folder.resolve("reference"))) {
            before = run.image();
            long start = System.nanoTime();
            KilledProcess process = run.start(false);
            List<String> log = process.toEnd();
            millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 2;
            assertThat(log).last().isEqualTo("SUCCEEDED");
            lines = log.size();
            firstLine = (int) log.stream().takeWhile(line -> !KillFixture.begins(line)).count();
            answers = run.answers();
            // The plan and the look under the lock each cost the same; after them comes what changes something.
            firstAnswer = answers / 3;
            after = run.image();
        }
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void theNextRunEndsAsIfNobodyHadBeenKilled() throws Exception {
        Random random = new Random(SEED);
        int inTheMiddle = 0;
        for (int number = 0; number < RUNS; number++) {
            boolean ill = number % 4 == 3;
            boolean twice = number % 3 == 2;
            String kill = "run %d of %d, seed %d%s%s".formatted(
                    number, RUNS, SEED, ill ? ", of an ill release" : "", twice ? ", killed twice" : "");
            try (KillFixture run = new KillFixture(folder.resolve("run" + number))) {
                run.ill(ill);
                boolean killed = run.start(ill).killAt(moment(run, number, random));
                inTheMiddle += killed && run.isOpenInTheLedger() ? 1 : 0;
                if (twice) {
                    run.start(ill).killAt(moment(run, random.nextInt(RUNS), random));
                }

                DeployResult next = run.deploy(ill);

                if (ill) {
                    assertThat(next.outcome()).as(kill + ": " + next.message()).isEqualTo(Outcome.ROLLED_BACK);
                    assertThat(run.image()).as(kill).isEqualTo(before);
                } else {
                    assertThat(next.succeeded()).as(kill + ": " + next.message()).isTrue();
                    assertThat(run.image()).as(kill).isEqualTo(after);
                }
                run.checkLedger(kill);
            }
        }
        System.out.println("Killed deployments: " + RUNS + " runs, " + inTheMiddle
                + " of them killed between begin and end, all converged");
        assertThat(inTheMiddle).as("killed between begin and end").isGreaterThanOrEqualTo(RUNS / 4);
    }

    /** Three of four lie where something is changed. */
    private static Moment moment(KillFixture run, int number, Random random) {
        double part = (number / 4 + 0.5) / Math.max(1, RUNS / 4);
        return switch (number % 4) {
            case 0 -> Moment.afterLine(firstLine + (int) Math.ceil((lines - firstLine) * part * 0.99));
            case 1 -> Moment.afterAnswers(run.requests(), firstAnswer + (int) Math.ceil((answers - firstAnswer) * part));
            case 2 -> Moment.afterMillis(line -> true, random.nextLong(millis));
            default -> Moment.afterMillis(KillFixture::begins, random.nextLong(millis));
        };
    }

    @Test
    void ofTwoAtOnceOneWaitsForTheOther() throws Exception {
        try (KillFixture run = new KillFixture(folder.resolve("two"))) {
            KilledProcess one = run.start(false);
            KilledProcess other = run.start(false);
            List<String> first = one.toEnd();
            List<String> second = other.toEnd();

            assertThat(List.of(first.get(first.size() - 1), second.get(second.size() - 1)))
                    .as("%s%n%s", first, second)
                    .allMatch(end -> end.equals("SUCCEEDED") || end.equals("UNCHANGED"))
                    .contains("SUCCEEDED");
            assertThat(run.image()).isEqualTo(after);
            assertThat(run.query("select count(*) from supabase_delivery.steps where kind = 'migrations'"))
                    .as("migrations ran once after the first release")
                    .containsExactly("2");
        }
    }
}

package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.local.demo.Demo;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** {@code demo}: shows a deployment from beginning to end, on this machine alone. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description =
                "Deploys the example application to an embedded PostgreSQL 15 and a stand-in for Supabase: a first"
                        + " release, a second one with a further migration, and the second one again.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything happened as it should", "1:something did not; the summary says what"})
final class DemoCommand implements Callable<Integer> {
    /** How long Ctrl-C waits for the demo to clean up. */
    private static final long SECONDS_TO_STOP = 15;

    private final PrintStream out;

    DemoCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        Demo demo = new Demo(out);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, ended), "stop"));
        try {
            return demo.run().code();
        } finally {
            ended.countDown();
        }
    }

    private static void stop(Demo demo, CountDownLatch ended) {
        demo.abort();
        try {
            ended.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

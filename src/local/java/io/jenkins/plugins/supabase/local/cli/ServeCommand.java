package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.local.demo.DemoServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the demo's project, for a controller of one's own. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description =
                "Starts the demo's PostgreSQL and stand-in of Supabase on loopback and leaves them running, so that a"
                        + " controller can deploy to them without a Supabase account.")
final class ServeCommand implements Callable<Integer> {
    private static final long SECONDS_TO_STOP = 30;

    @Option(
            names = "--variables",
            required = true,
            paramLabel = "FILE",
            description = "Where to write addresses and secrets, as NAME='value' lines.")
    private Path variables;

    private final PrintStream out;

    ServeCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        Thread server = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.interrupt();
            try {
                ended.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try {
            new DemoServer(out).serve(variables.toAbsolutePath());
        } catch (InterruptedException e) {
            // The way in which serving ends.
        } finally {
            ended.countDown();
        }
        return 0;
    }
}

package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.local.demo.Demo;
import java.io.PrintStream;
import java.util.concurrent.Callable;
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
    private final PrintStream out;

    DemoCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        return new Demo(out).run().code();
    }
}

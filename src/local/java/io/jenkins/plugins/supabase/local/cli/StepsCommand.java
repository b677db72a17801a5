package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.local.runner.StepCatalogue;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code steps}: says which steps there are. */
@Command(
        name = "steps",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Lists the steps that a Jenkinsfile can call here, with their arguments.")
final class StepsCommand implements Callable<Integer> {
    private final PrintStream out;

    StepsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        StepCatalogue.lines().forEach(out::println);
        return 0;
    }
}

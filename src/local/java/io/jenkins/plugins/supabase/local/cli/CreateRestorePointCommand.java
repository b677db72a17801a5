package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.backup.managed.NewRestorePoint;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code createRestorePoint}: a moment that Supabase can take a database back to. */
@Command(
        name = "createRestorePoint",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Has Supabase make a restore point of an environment's project, to which restoreManagedBackup"
                + " takes its whole database back.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:made", "1:failed", "3:called or configured wrongly"})
final class CreateRestorePointCommand implements Callable<Integer> {
    private static final String NAME = "createRestorePoint";

    private final PrintStream out;

    @Mixin
    private EnvironmentOptions options;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "At most 20 characters that no other restore point has. Default: one with the time in it.")
    private String name;

    CreateRestorePointCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(out, session -> {
            new NewRestorePoint(
                            session.configured().toEnvironment(), session.credentials().resolve(),
                            ManagementOptions.DEFAULT, EnvironmentOptions.origin(), session.console()::line)
                    .make(NewRestorePoint.name(NAME, name), false);
            return 0;
        });
    }
}

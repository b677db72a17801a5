package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.BackupSync;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code syncBackups}: copies backups to a destination that lacks them. */
@Command(
        name = "syncBackups",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Copies backups that a destination lacks from the others. Asks no database and opens nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it failed", "2:done, with problems", "3:called or configured wrongly"})
final class SyncBackupsCommand implements Callable<Integer> {
    private static final double MIB = 1 << 20;

    private final PrintStream out;

    @Mixin
    private BackupOptions options;

    @Option(names = "--to", required = true, paramLabel = "NAME", description = "The destination that is"
            + " brought up to date.")
    private String to;

    @Mixin
    private VerificationKeyOption verification;

    SyncBackupsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(out, session -> {
            Console console = session.console();
            List<Destination> all = session.store().destinations();
            Destination target = BackupOptions.named(to, all, Destination::name);
            String environment = session.environment().name();
            List<Destination> others = all.stream().filter(destination -> destination != target).toList();
            BackupSync.Result result = new BackupSync(
                            environment, new BackupStore(environment, others), target, console::line)
                    .run(verification.key());
            result.problems().forEach(problem -> console.line("PROBLEM: " + problem));
            console.line("%s copied to destination %s, %.1f MiB".formatted(
                    Count.of(result.backups().size(), "backup"), to, result.bytes() / MIB));
            return result.problems().isEmpty() ? 0 : 2;
        });
    }
}

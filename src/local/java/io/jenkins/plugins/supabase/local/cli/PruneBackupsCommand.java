package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.backup.retention.Retention;
import io.jenkins.plugins.supabase.core.backup.retention.RetentionPolicy;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.io.PrintStream;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pruneBackups}: removes backups that no rule keeps. */
@Command(
        name = "pruneBackups",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Removes backups that no rule keeps, and the parts that no backup has any longer.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it failed", "2:done, with problems", "3:called or configured wrongly"})
final class PruneBackupsCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private BackupOptions options;

    @Option(
            names = "--keep",
            required = true,
            paramLabel = "RULES",
            description = "What is kept, such as \"daily 7, weekly 4, monthly 12, last 3, within 48h\". The"
                    + " newest backup and the newest verified one are kept in any case.")
    private String keep;

    @Mixin
    private VerificationKeyOption verification;

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    private boolean dryRun;

    PruneBackupsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(out, session -> {
            Console console = session.console();
            Retention retention = new Retention(
                    session.environment().name(), RetentionPolicy.parse(keep), dryRun, console::line);
            boolean problems = false;
            for (Retention.Result result : retention.run(
                    session.store().destinations(), verification.key(), Instant.now())) {
                for (RetentionPolicy.Decision decision : result.kept()) {
                    console.line("Backup %s stays in destination %s: %s".formatted(
                            decision.backup().id(), result.destination(), String.join(", ", decision.reasons())));
                }
                result.problems().forEach(problem -> console.line("PROBLEM: " + problem));
                problems |= !result.problems().isEmpty();
            }
            return problems ? 2 : 0;
        });
    }
}

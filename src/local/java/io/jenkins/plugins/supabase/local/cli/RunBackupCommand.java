package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupResult;
import io.jenkins.plugins.supabase.core.backup.BackupRunner;
import io.jenkins.plugins.supabase.core.backup.BackupScope;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runBackup}: backs up an environment. */
@Command(
        name = "runBackup",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Backs up an environment: database, storage objects and configuration, encrypted, to all"
                + " destinations at once.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the backup is in all destinations",
            "1:failed; no destination lists it unless the message says so",
            "2:fewer destinations than were given have it, or it lacks storage or configuration",
            "3:called or configured wrongly"
        })
final class RunBackupCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private BackupOptions options;

    @Option(
            names = "--recipient",
            required = true,
            paramLabel = "AGE1",
            description = "Who can read it: a public key of age. May be given several times.")
    private List<String> recipients;

    @Option(
            names = "--signing-key",
            required = true,
            paramLabel = "FILE",
            description = "What the manifest is signed with, made by: openssl genpkey -algorithm ed25519")
    private Path signingKey;

    @Option(
            names = "--min-destinations",
            paramLabel = "N",
            description = "How many destinations must have it for it to count. Default: 1.")
    private int minDestinations = 1;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "How many connections read the database. Default: 2.")
    private int connections = 2;

    @Option(
            names = "--part",
            paramLabel = "NAME",
            description = "What is backed up: database, storage, config. May be given several times. Default: all that"
                    + " the environment is configured for.")
    private List<String> parts = new ArrayList<>();

    RunBackupCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(out, session -> {
            Console console = session.console();
            BackupResult result = new BackupRunner(session.store(), console::line)
                    .run(new BackupRequest(
                            session.environment(),
                            session.everything().get(),
                            recipients.stream().map(AgeRecipient::parse).toList(),
                            SigningKey.parse(BackupOptions.secret(signingKey)),
                            minDestinations,
                            connections,
                            new Version().getVersion()[0],
                            BackupScope.parse(parts),
                            ManagementOptions.DEFAULT));
            result.manifest().notes().forEach(console::line);
            result.failures().values().forEach(failure -> console.line("WARNING: " + failure));
            return result.failures().isEmpty() && result.problems().isEmpty() ? 0 : 2;
        });
    }
}

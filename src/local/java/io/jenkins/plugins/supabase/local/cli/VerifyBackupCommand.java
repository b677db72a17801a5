package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.Verification;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verifyBackup}: whether a backup is what it should be. */
@Command(
        name = "verifyBackup",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Verifies a backup: its hashes, what is in it, or a restore into a throw-away PostgreSQL.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:sound", "1:not sound, or it could not be verified", "3:called or configured wrongly"})
final class VerifyBackupCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private BackupOptions options;

    @Option(names = "--id", defaultValue = "latest", paramLabel = "ID", description = "Which backup. Default: latest.")
    private String id;

    @Option(
            names = "--depth",
            defaultValue = "read",
            paramLabel = "DEPTH",
            description = "hashes, read or restore. Default: read.")
    private String depth;

    @Mixin
    private VerificationKeyOption verification;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "The secret key of a recipient, as age-keygen wrote it. Needed for read and restore.")
    private Path identity;

    @Option(names = "--repair", description = "Replace a damaged copy by a sound one of another destination.")
    private boolean repair;

    VerifyBackupCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(out, session -> {
            Console console = session.console();
            Depth wanted = Depth.parse(depth);
            AgeIdentity key = identity == null ? null : AgeIdentity.parse(BackupOptions.secret(identity));
            StoredBackup backup =
                    session.store().find(id, verification.key());
            Verification verification = new BackupVerifier(
                            session.store(), ScratchServers.onThisMachine(), 2, console::line)
                    .run(backup, wanted, key, repair);
            verification.problems().forEach(problem -> console.line("PROBLEM: " + problem));
            console.line("%s is %s, verified by %s in %.1f s".formatted(
                    verification.backup(),
                    verification.isSound() ? "sound" : "NOT sound",
                    wanted.word(),
                    verification.duration().toMillis() / 1e3));
            return verification.isSound() ? 0 : 1;
        });
    }
}

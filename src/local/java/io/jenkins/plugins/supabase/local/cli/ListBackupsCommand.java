package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedList;
import io.jenkins.plugins.supabase.core.backup.restore.Verification;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code listBackups}: which backups there are, the newest first. */
@Command(
        name = "listBackups",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Lists the backups of an environment, the newest first, with their last verification, and those that"
                + " Supabase keeps itself.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:listed",
            "1:no destination answered",
            "2:listed, with problems",
            "3:called or configured wrongly"
        })
final class ListBackupsCommand implements Callable<Integer> {
    private static final double MIB = 1 << 20;

    private final PrintStream out;

    @Mixin
    private BackupOptions options;

    @Mixin
    private VerificationKeyOption verification;

    ListBackupsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(out, session -> {
            Console console = session.console();
            BackupStore.Listing listing =
                    session.store().list(verification.key());
            boolean problems = !listing.problems().isEmpty();
            for (StoredBackup backup : listing.backups()) {
                BackupManifest manifest = backup.manifest();
                List<String> verifications = session.store().verifications(backup);
                console.line("%s  snapshot %s  %d rows%s  %.1f MiB  in %s  %s".formatted(
                        manifest.id(),
                        manifest.snapshotTime(),
                        manifest.rows(),
                        manifest.storage() == null ? "" : "  %d objects".formatted(manifest.storage().objects()),
                        manifest.size() / MIB,
                        String.join(", ", backup.destinationNames()),
                        verifications.isEmpty()
                                ? "never verified"
                                : Verification.inWords(verifications.get(verifications.size() - 1))));
                backup.problems().forEach(problem -> console.line("PROBLEM: " + problem));
                problems |= !backup.problems().isEmpty();
            }
            List<String> told = new ArrayList<>(listing.problems());
            tellManaged(session, told);
            told.forEach(problem -> console.line("PROBLEM: " + problem));
            return problems ? 2 : 0;
        });
    }

    private static void tellManaged(BackupOptions.Session session, List<String> problems) throws InterruptedException {
        try {
            ManagedList.tell(
                    session.environment(), session.everything().get().accessToken(), ManagementOptions.DEFAULT,
                    session.console()::line, problems);
        } catch (DeliveryException e) {
            problems.add("Supabase's own backups are not known: " + e.getMessage());
        }
    }
}

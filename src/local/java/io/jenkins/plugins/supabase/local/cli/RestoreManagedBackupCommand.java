package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.core.backup.managed.ManagedRestore;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedRestoreRequest;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedRestoreState;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedRestoreSummary;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedTarget;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.Durations;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code restoreManagedBackup}: one of Supabase's own backups, restored by Supabase. */
@Command(
        name = "restoreManagedBackup",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Has Supabase take the whole database of an environment's project back to one of its own backups,"
                + " and waits until the project is back. What was written since is lost.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:restored, and the project is back",
            "1:failed, or not back in time; the message says what Supabase goes on with",
            "2:restored, with something to look at",
            "3:called or configured wrongly; nothing was changed"
        })
final class RestoreManagedBackupCommand implements Callable<Integer> {
    private static final String NAME = "restoreManagedBackup";

    private final PrintStream out;

    @Spec
    private CommandSpec spec;

    @Mixin
    private EnvironmentOptions options;

    @Option(names = "--id", paramLabel = "ID", description = "A daily backup, by the id that listBackups shows.")
    private Long id;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "A moment of point-in-time recovery, such as 2026-11-30T21:15:00Z.")
    private String time;

    @Option(names = "--to-restore-point", paramLabel = "NAME", description = "A restore point.")
    private String toRestorePoint;

    @Option(
            names = "--restore-point",
            paramLabel = "RULE",
            description = "Whether a restore point of the database as it is now is made before: none, ifPossible,"
                    + " required. Default: ifPossible.")
    private String restorePoint = RestorePointRule.IF_POSSIBLE.word();

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long to wait for it. Default: 6h.")
    private String timeout = "6h";

    @Mixin
    private Confirmation confirmation;

    RestoreManagedBackupCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        RestorePointRule rule = Arrays.stream(RestorePointRule.values())
                .filter(one -> one.word().equals(restorePoint))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "--restore-point is none, ifPossible or required"));
        Duration patience = patience();
        confirmation.require(spec, options.environment());
        return options.run(out, session -> {
            ManagedTarget target = ManagedTarget.of(NAME, id, time, toRestorePoint);
            ManagedRestore restore = new ManagedRestore(
                    new ManagedRestoreRequest(
                            session.configured().toEnvironment(), session.credentials().resolve(), target, rule,
                            patience, ManagementOptions.DEFAULT, EnvironmentOptions.origin()),
                    session.console()::line);
            ManagedRestoreSummary summary = toTheEnd(restore, session);
            return summary.problems().isEmpty() ? 0 : 2;
        });
    }

    private Duration patience() {
        try {
            return Durations.parse(timeout);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--timeout: " + e.getMessage());
        }
    }

    /** Whoever presses Ctrl-C learns what goes on without this process. */
    private static ManagedRestoreSummary toTheEnd(ManagedRestore restore, EnvironmentOptions.Session session)
            throws InterruptedException {
        ManagedRestoreState[] state = new ManagedRestoreState[1];
        Thread lastWords = new Thread(() -> session.console()
                .line(ManagedRestore.goesOn(session.configured().getName(), state[0])));
        Runtime.getRuntime().addShutdownHook(lastWords);
        try {
            return restore.run(seen -> state[0] = seen);
        } finally {
            forget(lastWords);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running.
            return;
        }
    }
}

package io.jenkins.plugins.supabase.local.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The executable jar's command line. */
@Command(
        name = "supabase-delivery-local",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs Jenkinsfiles of the Supabase Delivery plugin without a Jenkins controller.")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }

    public static void main(String[] arguments) {
        AntlrNotices.silence();
        // Not System.out, which in a container often has an encoding that cannot write a table's lines.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(execute(out, new PrintWriter(System.err, true), arguments));
    }

    /** @return the exit code, see {@link io.jenkins.plugins.supabase.local.runner.ExitCode} */
    static int execute(PrintStream out, PrintWriter problems, String... arguments) {
        return new CommandLine(new Main())
                .addSubcommand(new RunCommand(out))
                .addSubcommand(new StepsCommand(out))
                .addSubcommand(new DemoCommand(out))
                .addSubcommand(new ServeCommand(out))
                .addSubcommand(new RunBackupCommand(out))
                .addSubcommand(new VerifyBackupCommand(out))
                .addSubcommand(new RestoreBackupCommand(out))
                .addSubcommand(new RestoreManagedBackupCommand(out))
                .addSubcommand(new CreateRestorePointCommand(out))
                .addSubcommand(new ListBackupsCommand(out))
                .addSubcommand(new SyncBackupsCommand(out))
                .addSubcommand(new PruneBackupsCommand(out))
                .addSubcommand(new RecoveryRunbookCommand(out))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(problems)
                .execute(arguments);
    }
}

package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.mask.Masks;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.ConfigRestore;
import io.jenkins.plugins.supabase.core.backup.restore.InPlaceRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.restore.StorageRestore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code restoreBackup}: a backup into a new database, or in the place of one. */
@Command(
        name = "restoreBackup",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Restores a backup into a database that does not exist yet, or is empty, with the user and"
                + " password of PGUSER and PGPASSWORD, or in the place of an environment's database; its storage"
                + " objects into a project; its configuration into a folder.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:restored",
            "1:failed; a database that was made for it is gone again, one that was to be replaced is as it was",
            "3:called or configured wrongly; nothing was changed"
        })
final class RestoreBackupCommand implements Callable<Integer> {
    private final PrintStream out;

    @Spec
    private CommandSpec spec;

    @Mixin
    private BackupOptions options;

    @Option(names = "--id", defaultValue = "latest", paramLabel = "ID", description = "Which backup. Default: latest.")
    private String id;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "postgresql://host:port/database, without user and password. May be left out where storage or"
                    + " configuration are asked for.")
    private String databaseUrl;

    @Mixin
    private VerificationKeyOption verification;

    @Option(
            names = "--identity",
            required = true,
            paramLabel = "FILE",
            description = "The secret key of a recipient, as age-keygen wrote it.")
    private Path identity;

    @Option(
            names = "--table",
            paramLabel = "SCHEMA.TABLE",
            description = "Only this table, with its partitions. May be given several times. Default: everything.")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--mask",
            paramLabel = "COLUMN=RULE",
            description = "Masks a column, such as auth.users.email=hash; rules are hash, null and text:REPLACEMENT."
                    + " May be given several times. Masks of the configuration bind Jenkins' step alone.")
    private Map<String, String> masks = new LinkedHashMap<>();

    @Option(
            names = "--storage-of",
            paramLabel = "NAME",
            description = "Puts the storage objects into the project of this environment of the configuration.")
    private String storageOf;

    @Option(
            names = "--overwrite-objects",
            description = "Replaces objects that are there and others; else these are left alone.")
    private boolean overwriteObjects;

    @Option(
            names = "--config",
            paramLabel = "FOLDER",
            description = "Writes the project's configuration into this folder, which is missing or empty.")
    private Path config;

    @Mixin
    private InPlaceOptions inPlace;

    RestoreBackupCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (databaseUrl == null && storageOf == null && config == null && !inPlace.wanted()) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "Nothing is to be restored: give --database-url, --in-place-of, --storage-of or --config");
        }
        if (databaseUrl != null && inPlace.wanted()) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "--database-url is for a new database, --in-place-of for one that is replaced: give one of them");
        }
        inPlace.check(spec);
        // From the environment: an argument is seen by everybody on the machine.
        String user = System.getenv("PGUSER");
        String password = System.getenv("PGPASSWORD");
        if (databaseUrl != null && (user == null || password == null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Set PGUSER and PGPASSWORD for the database to restore into");
        }
        return options.run(out, session -> {
            Console console = session.console();
            AgeIdentity key = AgeIdentity.parse(BackupOptions.secret(identity));
            StoredBackup backup =
                    session.store().find(id, verification.key());
            RestoreChoice choice = new RestoreChoice(tables, Masks.of(masks));
            if (databaseUrl != null) {
                Environment target = new Environment("restored", null, null, null, databaseUrl);
                Access access = new Access(null, user, new SecretText(password), null);
                BackupRestorer.Result result = new BackupRestorer(session.store(), 2, console::line)
                        .run(backup, key, choice, target, access);
                tell(console, backup, result.problems(), result.duration());
            }
            if (inPlace.wanted()) {
                InPlaceRestorer.Result result = inPlace.run(session, backup, key, choice);
                tell(console, backup, result.problems(), result.duration());
                console.line("What was there before is " + result.before());
            }
            if (storageOf != null) {
                restoreStorage(session, backup, key);
            }
            if (config != null) {
                int files = new ConfigRestore(session.store()).run(backup, key, config);
                console.line("The project's configuration is in " + config + ": " + Count.of(files, "file"));
            }
            return 0;
        });
    }

    private static void tell(Console console, StoredBackup backup, List<String> problems, Duration duration) {
        problems.forEach(problem -> console.line("WARNING: " + problem));
        console.line("%s was restored in %.1f s".formatted(backup.manifest().id(), duration.toMillis() / 1e3));
    }

    private void restoreStorage(BackupOptions.Session session, StoredBackup backup, AgeIdentity key)
            throws InterruptedException {
        EnvironmentConfiguration to = SupabaseDeliveryConfiguration.get().environment(storageOf);
        new StorageRestore(session.store(), overwriteObjects, ManagementOptions.DEFAULT, session.console()::line)
                .run(
                        backup,
                        key,
                        to.toEnvironment(),
                        new EnvironmentCredentials(to, CredentialSource.ofController()).resolve());
    }
}

package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.runner.casc.CascException;
import io.jenkins.plugins.supabase.local.runner.casc.Configuration;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import io.jenkins.plugins.supabase.local.runner.credentials.LocalCredentialsProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What all commands about backups have in common: whose backups, and where they are. */
final class BackupOptions {
    @Option(
            names = "--casc",
            required = true,
            paramLabel = "FILE",
            description = "Configuration as Code: the very file, or folder of files, that configures the controller."
                    + " May be given several times.")
    private List<Path> casc = new ArrayList<>();

    @Option(names = "--environment", required = true, paramLabel = "NAME", description = "Whose backups.")
    private String environment;

    @Option(
            names = "--destination",
            paramLabel = "NAME",
            description = "A configured destination. May be given several times. Default: all of them.")
    private List<String> destinations = new ArrayList<>();

    /**
     * What was configured, as long as the command works with it.
     *
     * @param access     of the database alone
     * @param everything of the environment
     */
    record Session(
            Console console, BackupStore store, Environment environment, Access access, Supplier<Access> everything) {}

    /** The work of a command. */
    @FunctionalInterface
    interface Work {
        /** @return the exit code */
        int run(Session session) throws InterruptedException;
    }

    /** @return the work's exit code; 1 when it failed; 3 when something is configured wrongly and nothing was done */
    int run(PrintStream out, Work work) throws InterruptedException {
        Console console = new Console(out);
        Configuration configuration = new Configuration(System.getenv(), console::note);
        try {
            configuration.apply(casc);
        } catch (CascException e) {
            console.line("ERROR: " + e.getMessage());
            return 3;
        }
        List<Destination> open = new ArrayList<>();
        try (LocalCredentialsProvider offered = LocalCredentialsProvider.register(configuration.credentials())) {
            EnvironmentConfiguration configured = SupabaseDeliveryConfiguration.get().environment(environment);
            CredentialSource source = CredentialSource.ofController();
            EnvironmentCredentials credentials = new EnvironmentCredentials(configured, source);
            Access access = credentials.databaseOnly();
            for (DestinationConfiguration destination : chosen()) {
                open.add(destination.toSettings(new CredentialLookup(source)).open());
            }
            BackupStore store = new BackupStore(environment, open);
            return work.run(new Session(
                    console, store, configured.toEnvironment(), access, credentials::resolve));
        } catch (DeliveryException e) {
            console.line("ERROR: " + e.getMessage());
            return 1;
        } finally {
            open.forEach(Destination::close);
        }
    }

    private List<DestinationConfiguration> chosen() {
        List<DestinationConfiguration> configured = SupabaseDeliveryConfiguration.get().getDestinations();
        List<String> names = configured.stream().map(DestinationConfiguration::getName).toList();
        return (destinations.isEmpty() ? names : destinations)
                .stream().map(name -> named(name, configured, DestinationConfiguration::getName)).toList();
    }

    /** @throws DeliveryException when none of them has the name, with the one that was meant */
    static <T> T named(String name, List<T> all, Function<T, String> naming) {
        List<String> names = all.stream().map(naming).toList();
        if (!names.contains(name)) {
            String hint = NearestName.hint(name, names);
            throw new DeliveryException("There is no destination \"" + name + "\" in the configuration"
                    + (hint.isEmpty() ? "." : hint) + " Nothing was done. Correct the name, or configure it.");
        }
        return all.get(names.indexOf(name));
    }

    static SecretText secret(Path file) {
        return new SecretText(read(file));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DeliveryException("The key file " + file + " cannot be read, so that nothing was done. Correct"
                    + " its name"
                    + " or its rights.", e);
        }
    }
}

package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands about backups have in common: whose backups, and where they are. */
final class BackupOptions {
    @Mixin
    private EnvironmentOptions environment;

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

    /** @return as of {@link EnvironmentOptions#run} */
    int run(PrintStream out, Work work) throws InterruptedException {
        return environment.run(out, chosen -> {
            List<Destination> open = new ArrayList<>();
            try {
                Access access = chosen.credentials().databaseOnly();
                for (DestinationConfiguration destination : chosen()) {
                    open.add(destination.toSettings(new CredentialLookup(chosen.source())).open());
                }
                return work.run(new Session(
                        chosen.console(), new BackupStore(environment.environment(), open),
                        chosen.configured().toEnvironment(), access, chosen.credentials()::resolve));
            } finally {
                open.forEach(Destination::close);
            }
        });
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

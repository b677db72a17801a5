package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.runner.casc.CascException;
import io.jenkins.plugins.supabase.local.runner.casc.Configuration;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import io.jenkins.plugins.supabase.local.runner.credentials.LocalCredentialsProvider;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Option;

/** What all commands about one environment have in common: which one, and the configuration that has it. */
final class EnvironmentOptions {
    @Option(
            names = "--casc",
            required = true,
            paramLabel = "FILE",
            description = "Configuration as Code: the very file, or folder of files, that configures the controller."
                    + " May be given several times.")
    private List<Path> casc = new ArrayList<>();

    @Option(names = "--environment", required = true, paramLabel = "NAME", description = "Whose backups.")
    private String environment;

    /** What was configured, as long as the command works with it. */
    record Session(
            Console console,
            EnvironmentConfiguration configured,
            CredentialSource source,
            EnvironmentCredentials credentials) {}

    /** The work of a command. */
    @FunctionalInterface
    interface Work {
        /** @return the exit code */
        int run(Session session) throws InterruptedException;
    }

    String environment() {
        return environment;
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
        try (LocalCredentialsProvider offered = LocalCredentialsProvider.register(configuration.credentials())) {
            EnvironmentConfiguration configured = SupabaseDeliveryConfiguration.get().environment(environment);
            CredentialSource source = CredentialSource.ofController();
            return work.run(new Session(console, configured, source, new EnvironmentCredentials(configured, source)));
        } catch (DeliveryException e) {
            console.line("ERROR: " + e.getMessage());
            return 1;
        }
    }

    /** @return for what a command records: whoever is logged in to this machine */
    static Origin origin() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        return new Origin(UUID.randomUUID().toString(), System.getProperty("user.name"), "", host);
    }
}

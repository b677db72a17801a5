package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.overview.EnvironmentSummary;
import io.jenkins.plugins.supabase.core.postgres.Database;
import io.jenkins.plugins.supabase.recovery.RecoveryFacts;
import io.jenkins.plugins.supabase.recovery.RecoveryRunbook;
import io.jenkins.plugins.supabase.recovery.RunbookMarkdown;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code recoveryRunbook}: what to do on the day that an environment's database is gone. */
@Command(
        name = "recoveryRunbook",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 3,
        description = "Writes, as Markdown, how to recover an environment: its keys' owners, its destinations, its last"
                + " measured times, and the commands. Print it, and keep it where Jenkins is not.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "1:failed",
            "2:written, without what only the ledger knows, as that cannot be read",
            "3:called or configured wrongly"
        })
final class RecoveryRunbookCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private EnvironmentOptions options;

    RecoveryRunbookCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(out, session -> {
            SupabaseDeliveryConfiguration configuration = SupabaseDeliveryConfiguration.get();
            EnvironmentConfiguration environment = session.configured();
            EnvironmentSummary summary = EnvironmentSummary.EMPTY;
            int code = 0;
            try (Connection connection =
                    Database.open(environment.toEnvironment(), session.credentials().databaseOnly())) {
                summary = EnvironmentSummary.read(Ledger.read(connection), EnvironmentSummary.EMPTY);
            } catch (DeliveryException | SQLException e) {
                session.console().line("WARNING: What only the ledger knows is missing below: " + e.getMessage());
                code = 2;
            }
            RecoveryFacts facts = RecoveryFacts.of(
                    environment, configuration.getDestinations(), summary.backups(), summary.running());
            out.print(RunbookMarkdown.of(new RecoveryRunbook(facts, Instant.now())));
            return code;
        });
    }
}

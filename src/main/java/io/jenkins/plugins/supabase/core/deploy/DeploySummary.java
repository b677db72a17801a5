package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import io.jenkins.plugins.supabase.core.operation.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A result as a table of fixed width for a log. */
final class DeploySummary {
    private DeploySummary() {}

    static List<String> lines(DeployResult result) {
        if (result.outcome() == DeployResult.Outcome.ROLLED_BACK) {
            return List.of(headline(result));
        }
        List<String> lines = new ArrayList<>();
        int width = Math.max(
                result.migrations().stream()
                        .mapToInt(migration -> label(migration).length())
                        .max()
                        .orElse(0),
                result.functions().stream()
                        .mapToInt(function -> function.slug().length())
                        .max()
                        .orElse(0));
        String row = "  %-9s  %-" + Math.max(width, 1) + "s  %-15s  %s";
        for (MigrationOutcome migration : result.migrations()) {
            lines.add(row.formatted("migration", label(migration), "applied", millis(migration.durationMillis())));
        }
        for (FunctionOutcome function : result.functions()) {
            String state = function.change().name().toLowerCase(Locale.ROOT) + " (v" + function.version() + ")";
            lines.add(row.formatted("function", function.slug(), state, millis(function.durationMillis())));
        }
        lines.add(0, headline(result));
        return lines;
    }

    private static String headline(DeployResult result) {
        String took = " in " + millis(result.durationMillis());
        String calls = result.apiCalls() == 0 ? "" : ", " + Count.of(result.apiCalls(), "API call");
        return switch (result.outcome()) {
            case UNCHANGED -> "Nothing to do: " + result.environment() + " is what the release " + result.releaseVersion()
                    + " says; compared" + took + calls + ".";
            case SUCCEEDED -> "Deployed " + result.releaseVersion() + " to " + result.environment() + took + ": "
                    + Count.of(result.migrations().size(), "migration") + " applied, "
                    + Count.of(brought(result), "edge function") + " brought live" + calls + ".";
            case ROLLED_BACK -> "Not deployed to " + result.environment() + ", and put back to what was before" + took + ".";
            case FAILED -> "The deployment to " + result.environment() + " failed after " + millis(result.durationMillis())
                    + ".";
        };
    }

    private static int brought(DeployResult result) {
        return (int) result.functions().stream()
                .filter(function -> function.change() != FunctionOutcome.Change.UNCHANGED)
                .count();
    }

    private static String label(MigrationOutcome migration) {
        return migration.version() + "_" + migration.name();
    }

    private static String millis(long millis) {
        return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}

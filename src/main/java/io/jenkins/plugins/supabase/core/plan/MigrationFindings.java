package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.postgres.PlatformSchemas;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.rule.MigrationRules;
import io.jenkins.plugins.supabase.core.rule.RuleSettings;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.TableSizes;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is to be said of the pending migrations.
 *
 * @param trace        null where none was made
 * @param findings     of the rules
 * @param contractions statements that take away or tighten what is there
 */
record MigrationFindings(TraceReport trace, List<Finding> findings, List<Finding> contractions) {
    private static final String TABLES =
            """
            SELECT n.nspname, pg_catalog.format('%I.%I', n.nspname, c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'm')
            """;

    /**
     * @param migrations null where the database cannot be reached
     * @param exposed    schemas that the Data API serves; empty where that is not known
     */
    static MigrationFindings of(
            MigrationComparison migrations, TraceReport trace, TableSizes sizes, Set<String> exposed) {
        if (migrations == null || migrations.pending().isEmpty()) {
            return new MigrationFindings(trace, List.of(), List.of());
        }
        List<MigrationFile> pending = migrations.pending();
        RuleSettings settings =
                exposed.isEmpty() ? RuleSettings.DEFAULT : RuleSettings.DEFAULT.withExposedSchemas(exposed);
        return new MigrationFindings(
                trace,
                MigrationRules.check(pending, trace, sizes, settings),
                MigrationRules.contractions(pending, trace, settings));
    }

    /** Reads the catalogue only. */
    static TableSizes sizes(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                if (!PlatformSchemas.contains(rows.getString(1))) {
                    tables.add(rows.getString(2));
                }
            }
        }
        return TableSizes.read(connection, tables);
    }
}

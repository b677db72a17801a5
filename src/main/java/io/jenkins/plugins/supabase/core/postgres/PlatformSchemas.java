package io.jenkins.plugins.supabase.core.postgres;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The schemas that the platform makes and changes by itself. Fact: the list of schemas that the Supabase CLI leaves out
 * of schema dumps ({@code InternalSchemas} in apps/cli-go/pkg/migration/dump.go of github.com/supabase/cli
 * at 1d1e7191).
 */
public final class PlatformSchemas {
    /** An asterisk stands for any further characters. */
    private static final List<String> NAMES = List.of(
            "_analytics", "_realtime", "_supavisor", "auth", "etl", "extensions", "pgbouncer", "realtime", "storage",
            "supabase_functions", "supabase_migrations", "cron", "dbdev", "graphql", "graphql_public", "net", "pgmq",
            "pgsodium", "pgsodium_masks", "pgtle", "repack", "tiger", "tiger_data", "timescaledb_*", "_timescaledb_*",
            "topology", "vault");

    /** The same in Java's and in PostgreSQL's dialect. */
    static final String REGEX = NAMES.stream()
            .map(name -> name.replace("*", ".*"))
            .collect(Collectors.joining("|", "^(", ")$"));

    private static final Pattern PATTERN = Pattern.compile(REGEX);

    private PlatformSchemas() {}

    /** @param schema as the catalog has it */
    public static boolean contains(String schema) {
        return PATTERN.matcher(schema).matches();
    }
}

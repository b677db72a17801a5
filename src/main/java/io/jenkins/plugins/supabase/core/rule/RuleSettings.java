package io.jenkins.plugins.supabase.core.rule;

import java.util.Set;
import java.util.TreeSet;

/**
 * @param bigRows        from how many rows on a table is big
 * @param bigBytes       from how many bytes on a table is big, whatever its rows
 * @param exposedSchemas that the Data API serves, {@code api.schemas} of config.toml
 */
public record RuleSettings(long bigRows, long bigBytes, Set<String> exposedSchemas) {
    public static final RuleSettings DEFAULT =
            new RuleSettings(100_000, 100_000_000, new TreeSet<>(Set.of("public", "graphql_public")));

    public RuleSettings {
        exposedSchemas = Set.copyOf(exposedSchemas);
    }

    public RuleSettings withExposedSchemas(Set<String> schemas) {
        return new RuleSettings(bigRows, bigBytes, schemas);
    }

    boolean isBig(long rows, long bytes) {
        return rows >= bigRows || bytes >= bigBytes;
    }
}

package io.jenkins.plugins.supabase.core.postgres;

import java.util.List;

/** Splits a migration file into the statements that the Supabase CLI records for it. */
public final class StatementSplitter {
    private StatementSplitter() {}

    public static List<SqlStatement> split(String sql) {
        throw new UnsupportedOperationException("to be built");
    }
}

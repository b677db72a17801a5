package io.jenkins.plugins.supabase.core.rule;

import java.util.regex.Pattern;

/** @param schema {@code public} where a statement names none */
record TableName(String schema, String table) {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    /** @return as the catalogs' format('%I.%I') writes it, but for key words that it quotes */
    @Override
    public String toString() {
        return quoted(schema) + "." + quoted(table);
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}

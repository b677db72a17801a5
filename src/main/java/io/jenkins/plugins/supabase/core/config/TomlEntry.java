package io.jenkins.plugins.supabase.core.config;

import java.util.List;

/**
 * One value of a TOML file.
 *
 * @param path  the words of its key
 * @param value Boolean, Long, Double, String, or a List of these; anything else as its text. Null for an empty table
 * @param line  from 1
 */
record TomlEntry(List<String> path, Object value, int line) {
    String key() {
        return String.join(".", path);
    }

    TomlEntry at(List<String> other) {
        return new TomlEntry(other, value, line);
    }

    boolean isIn(List<String> table) {
        return path.size() > table.size() && path.subList(0, table.size()).equals(table);
    }

    /** The value may be a secret. */
    @Override
    public String toString() {
        return key() + " in line " + line;
    }
}

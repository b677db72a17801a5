package io.jenkins.plugins.supabase.core.backup.database;

import java.util.List;
import java.util.stream.Collectors;

/** Names and texts in SQL. */
public final class Sql {
    private static final int MOST_IN_FOUR_DIGITS = 0xffff;

    private Sql() {}

    /** @return quoted; with its control characters escaped, so that a statement is one line */
    public static String name(String name) {
        if (name.chars().noneMatch(Character::isISOControl)) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
        return name.codePoints()
                .mapToObj(c -> c == '\\' ? "\\\\" : c == '"' ? "\"\"" : Character.isISOControl(c)
                        ? "\\" + "%04x".formatted(c & MOST_IN_FOUR_DIGITS) : Character.toString(c))
                .collect(Collectors.joining("", "U&\"", "\""));
    }

    /** @return for a server whose strings conform to the standard, as they do unless somebody changed that */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String qualified(String schema, String name) {
        return name(schema) + "." + name(name);
    }

    static String names(List<String> names) {
        return names.stream().map(Sql::name).collect(Collectors.joining(", "));
    }
}

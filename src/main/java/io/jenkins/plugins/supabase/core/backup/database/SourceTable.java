package io.jenkins.plugins.supabase.core.backup.database;

import java.util.ArrayList;
import java.util.List;

/**
 * A table whose rows are backed up.
 *
 * @param columns   that COPY takes: without dropped and generated ones; empty for a table that has none
 * @param pages     blocks of 8 KiB
 * @param condition of the rows that are the user's in a table of an extension, {@code WHERE …}; empty for all
 */
record SourceTable(String schema, String name, List<String> columns, long pages, String condition) {
    /** 64 MiB: some seconds of one connection. */
    private static final long SPLIT_PAGES = 8_192;

    String qualified() {
        return Sql.qualified(schema, name);
    }

    String describe() {
        return schema + "." + name;
    }

    private String list() {
        return columns.isEmpty() ? "" : " (" + Sql.names(columns) + ")";
    }

    /** @return the statement that takes the rows */
    String copyIn() {
        return "COPY " + qualified() + list() + " FROM STDIN";
    }

    /** @return the whole of it, for {@code COPY (…) TO STDOUT} */
    String select() {
        return ("SELECT " + Sql.names(columns) + " FROM ONLY " + qualified() + " " + condition).strip();
    }

    /** @return statements that together give every row once; big tables in ranges of their physical order */
    List<String> copiesOut() {
        if (!condition.isEmpty() || columns.isEmpty()) {
            return List.of("COPY (" + select() + ") TO STDOUT");
        }
        if (pages <= SPLIT_PAGES) {
            return List.of("COPY " + qualified() + list() + " TO STDOUT");
        }
        List<String> pieces = new ArrayList<>();
        for (long from = 0; from < pages; from += SPLIT_PAGES) {
            // The last one is open: blocks that were added since hold nothing that the snapshot sees, or all of it.
            String until = from + SPLIT_PAGES < pages ? " AND ctid < '(" + (from + SPLIT_PAGES) + ",0)'" : "";
            pieces.add("COPY (" + select() + " WHERE ctid >= '(" + from + ",0)'" + until + ") TO STDOUT");
        }
        return pieces;
    }
}

package io.jenkins.plugins.supabase.core.backup.database;

import java.util.ArrayList;
import java.util.List;

/**
 * A table whose rows are backed up.
 *
 * @param columns   that COPY takes: without dropped and generated ones; empty for a table that has none
 * @param pages     blocks of the table itself
 * @param bytes     that it takes on the server's disk, with values that are kept beside it (TOAST), without indexes
 * @param condition of the rows that are the user's in a table of an extension, {@code WHERE …}; empty for all
 */
record SourceTable(String schema, String name, List<String> columns, long pages, long bytes, String condition) {
    /** Less than a second of one connection, so that all of them end at about the same time. */
    private static final long PIECE_BYTES = 32 << 20;

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

    /**
     * @param atOnce how many bytes one connection may read of it, at least; a whole table costs the server a fifth less
     *               than its ranges do
     * @return statements that together give every row once; bigger tables in ranges of their physical order
     */
    List<String> copiesOut(long atOnce) {
        if (!condition.isEmpty() || columns.isEmpty()) {
            return List.of("COPY (" + select() + ") TO STDOUT");
        }
        long wanted = Math.min(pages, (bytes + PIECE_BYTES - 1) / PIECE_BYTES);
        if (bytes <= atOnce || wanted <= 1) {
            return List.of("COPY " + qualified() + list() + " TO STDOUT");
        }
        long step = (pages + wanted - 1) / wanted;
        List<String> pieces = new ArrayList<>();
        for (long from = 0; from < pages; from += step) {
            // The last one is open: blocks that were added since hold nothing that the snapshot sees, or all of it.
            String until = from + step < pages ? " AND ctid < '(" + (from + step) + ",0)'" : "";
            pieces.add("COPY (" + select() + " WHERE ctid >= '(" + from + ",0)'" + until + ") TO STDOUT");
        }
        return pieces;
    }
}

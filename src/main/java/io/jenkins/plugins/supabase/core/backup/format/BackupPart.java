package io.jenkins.plugins.supabase.core.backup.format;

import java.util.List;

/**
 * One stored file of a backup, as its manifest lists it.
 *
 * @param sha256    of the file as it is stored, which is its name too
 * @param size      of the file, in bytes
 * @param plainSize of what is in it, in bytes
 * @param schema    of the table; empty for other kinds
 * @param table     its name; empty for other kinds
 * @param columns   of the rows, in their order; empty for other kinds
 * @param rows      number of them; 0 for other kinds
 * @param copy      the statement that takes the rows; empty for other kinds
 */
public record BackupPart(
        String sha256,
        long size,
        long plainSize,
        PartKind kind,
        String schema,
        String table,
        List<String> columns,
        long rows,
        String copy) {
    public BackupPart {
        columns = List.copyOf(columns);
    }

    static BackupPart of(PartKind kind, SealedPart sealed) {
        return new BackupPart(sealed.sha256(), sealed.size(), sealed.plainSize(), kind, "", "", List.of(), 0, "");
    }

    /** @return such as "a part of table public.votes" */
    public String describe() {
        return switch (kind) {
            case TABLE -> "a part of table " + schema + "." + table;
            case OBJECTS, OBJECTS_CONTINUED -> "a part with storage objects";
            default -> "the part " + kind.word();
        };
    }
}

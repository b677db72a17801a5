package io.jenkins.plugins.supabase.core.backup.format;

import java.util.Locale;

/** What a part holds, in the order in which parts are restored. */
public enum PartKind {
    /** SQL: roles without passwords, and settings of the database. */
    GLOBALS,
    /** SQL: pg_dump's section of that name. */
    PRE_DATA,
    /** Rows of one table, or of a piece of it, in COPY's text format. */
    TABLE,
    /** SQL, one statement a line. */
    LARGE_OBJECTS,
    /** SQL, one statement a line. */
    SEQUENCES,
    /** SQL: pg_dump's section of that name. */
    POST_DATA,
    /** JSON: what a restored database is compared with; not restored itself. */
    EVIDENCE,
    /** A tar archive of storage objects, or the beginning of one. */
    OBJECTS,
    /** What follows the part before. */
    OBJECTS_CONTINUED,
    /** JSON, a line for each bucket and each storage object. */
    OBJECT_LIST,
    /** Not encrypted: which storage objects are in which parts, for the next backup. */
    OBJECT_INDEX,
    /** A tar archive of the project's configuration, or a piece of one. */
    CONFIG;

    /** @return whether it can be read without a key */
    public boolean isPlain() {
        return this == OBJECT_INDEX;
    }

    /** @return as manifests spell it, such as {@code pre-data} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static PartKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

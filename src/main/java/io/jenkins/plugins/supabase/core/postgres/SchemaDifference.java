package io.jenkins.plugins.supabase.core.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One object that two states of a schema do not share.
 *
 * @param object its identity, such as {@code table public.votes / column title}
 */
public record SchemaDifference(Kind kind, String object) {
    /** What happened to it between the first state and the second. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** @return such as "column title of table public.votes was changed" */
    public String inWords() {
        List<String> parts = new ArrayList<>(List.of(object.split(SchemaState.PART)));
        Collections.reverse(parts);
        if (parts.get(0).equals("columns")) {
            parts.set(0, "order of columns");
        }
        String verb = parts.get(0).equals("privileges") ? " were " : " was ";
        return String.join(" of ", parts) + verb + kind.name().toLowerCase(Locale.ROOT);
    }
}

package io.jenkins.plugins.supabase.core.trace;

/**
 * Something about a migration, a function or the configuration that a person should look at before it is applied.
 *
 * @param rule    stable name, such as {@code index-without-concurrently}
 * @param file    relative to the release, such as {@code supabase/migrations/2026_add.sql}
 * @param line    in that file, from 1; 0 where it concerns the whole file
 * @param message what is wrong, with the table's name and size where there is one
 * @param remedy  the safe way to write it
 * @param waiver  the reason that a comment in the file gives for accepting it; null where there is none
 */
public record Finding(
        String rule, Severity severity, String file, int line, String message, String remedy, String waiver) {}

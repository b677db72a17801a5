package io.jenkins.plugins.supabase.core.postgres;

/**
 * One statement of a migration file.
 *
 * @param text   of the statement, without the semicolon that ends it
 * @param offset of its first character in the file, in UTF-16 units, from 0
 * @param line   of that character, from 1
 */
public record SqlStatement(String text, int offset, int line) {}

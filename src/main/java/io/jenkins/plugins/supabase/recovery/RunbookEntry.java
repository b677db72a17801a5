package io.jenkins.plugins.supabase.recovery;

/**
 * @param text  a sentence or two
 * @param block lines to copy: commands, a pipeline or a file; null for none
 */
public record RunbookEntry(String text, String block) {
    static RunbookEntry of(String text) {
        return new RunbookEntry(text, null);
    }
}

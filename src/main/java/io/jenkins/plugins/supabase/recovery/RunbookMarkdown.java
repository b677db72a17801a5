package io.jenkins.plugins.supabase.recovery;

/** A runbook as a text to keep where Jenkins is not. */
public final class RunbookMarkdown {
    private RunbookMarkdown() {}

    public static String of(RecoveryRunbook runbook) {
        StringBuilder text = new StringBuilder("# ").append(runbook.title()).append('\n');
        for (RunbookSection section : runbook.sections()) {
            text.append("\n## ").append(section.title()).append('\n');
            for (RunbookEntry entry : section.entries()) {
                text.append('\n').append(entry.text()).append('\n');
                if (entry.block() != null) {
                    text.append("\n```\n").append(entry.block()).append("\n```\n");
                }
            }
        }
        return text.toString();
    }
}

package io.jenkins.plugins.supabase.core.backup.managed;

import java.io.Serializable;
import java.util.List;

/**
 * What came of a restore by the platform.
 *
 * @param target         what it went back to, in words
 * @param moment         ISO 8601: what the database is of; of a daily backup when that was complete
 * @param restorePoint   name of the one made before, to which it can be taken forth again; null for none
 * @param status         of the project
 * @param downtimeMillis from asking until the project was back
 * @param problems       what could not be made sure of or recorded, a sentence each
 */
public record ManagedRestoreSummary(
        String environment,
        String target,
        String moment,
        String restorePoint,
        String status,
        long downtimeMillis,
        List<String> problems)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public ManagedRestoreSummary {
        problems = List.copyOf(problems);
    }
}

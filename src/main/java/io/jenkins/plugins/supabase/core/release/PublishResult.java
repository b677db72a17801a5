package io.jenkins.plugins.supabase.core.release;

import java.util.List;

/**
 * Where a release is after it was published.
 *
 * @param stored   names of the destinations that hold it, also of those that held it before; at least one
 * @param failures a paragraph for each destination that could not take it; publishing it again completes it
 */
public record PublishResult(List<String> stored, List<String> failures) {
    public PublishResult {
        stored = List.copyOf(stored);
        failures = List.copyOf(failures);
    }
}

package io.jenkins.plugins.supabase.core.function;

import java.util.List;

/**
 * What a rollback did with edge functions.
 *
 * @param record  for the ledger, in place of what the deployment recorded: what runs now of the release before
 * @param deleted slugs of functions that the deployment had created
 * @param notes   a sentence each on what is not as it was before
 */
public record FunctionRestoration(List<RecordedFunction> record, List<String> deleted, List<String> notes) {
    public FunctionRestoration {
        record = List.copyOf(record);
        deleted = List.copyOf(deleted);
        notes = List.copyOf(notes);
    }
}

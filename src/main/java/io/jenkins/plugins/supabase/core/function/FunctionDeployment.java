package io.jenkins.plugins.supabase.core.function;

import java.util.List;

/**
 * What a deployment did with the edge functions of a release.
 *
 * @param outcomes one a function, in the order of the release
 * @param record   for the ledger: what runs now of each
 */
public record FunctionDeployment(List<FunctionOutcome> outcomes, List<RecordedFunction> record) {
    public FunctionDeployment {
        outcomes = List.copyOf(outcomes);
        record = List.copyOf(record);
    }
}

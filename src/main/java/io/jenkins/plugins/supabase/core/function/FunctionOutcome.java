package io.jenkins.plugins.supabase.core.function;

import java.io.Serializable;

/**
 * What a deployment did with one edge function.
 *
 * @param version        that runs now
 * @param files          uploaded, the import map included
 * @param bytes          of those files
 * @param durationMillis of the upload and bundling
 */
public record FunctionOutcome(
        String slug, int version, Change change, int files, long bytes, long durationMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    public FunctionOutcome withChange(Change other) {
        return new FunctionOutcome(slug, version, other, files, bytes, durationMillis);
    }

    public enum Change {
        NEW,
        CHANGED,
        UNCHANGED
    }
}

package io.jenkins.plugins.supabase.core.function;

import java.util.List;

/**
 * What a deployment would do with one edge function.
 *
 * @param reasons     why it is changed, in a few words each, such as "source" or "verify_jwt"; empty where it is not
 * @param digest      of its source in the release, see {@code EdgeFunction.digest()}; null where the release has none
 * @param files       to upload, the import map included
 * @param bytes       of those files
 * @param liveVersion that runs now; null where none does
 */
public record FunctionChange(
        String slug, Kind kind, List<String> reasons, String digest, int files, long bytes, Integer liveVersion) {
    public enum Kind {
        NEW,
        CHANGED,
        UNCHANGED,
        /** Runs in the environment, is not in the release, and is deleted because the deployment prunes. */
        REMOVE,
        /** A shadow that an interrupted blue-green deployment has left, which is deleted. */
        LEFT_BEHIND,
        /** Runs in the environment, is not in the release, and stays. */
        EXTRA
    }

    public FunctionChange {
        reasons = List.copyOf(reasons);
    }

    /** @return whether a deployment leaves the function as it is */
    public boolean stays() {
        return kind == Kind.UNCHANGED || kind == Kind.EXTRA;
    }
}

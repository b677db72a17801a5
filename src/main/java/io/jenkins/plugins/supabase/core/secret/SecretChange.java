package io.jenkins.plugins.supabase.core.secret;

/**
 * What a deployment would do with one secret of the edge functions. Holds no value and no digest.
 *
 * @param credentialsId of Jenkins, where its value comes from; null for one that is removed or only exists there
 */
public record SecretChange(String name, Kind kind, String credentialsId) {
    public enum Kind {
        NEW,
        CHANGED,
        UNCHANGED,
        /** Exists in the environment, is not asked for, and is deleted because the deployment prunes. */
        REMOVE,
        /** Exists in the environment, is not asked for, and stays. */
        EXTRA
    }

    /** @return whether the deployment leaves it as it is */
    public boolean stays() {
        return kind == Kind.UNCHANGED || kind == Kind.EXTRA;
    }
}

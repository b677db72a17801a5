package io.jenkins.plugins.supabase.core.deploy;

import java.io.Serializable;

/**
 * Where the release comes from: built from a folder, or fetched from a destination.
 *
 * @param directory the Supabase folder, absolute, on the machine that deploys; null where the release is fetched
 * @param release   version or digest of a published release; null where it is built
 * @param version   that a release which is built gets; null for the one that follows from its commit
 * @param branch    that was checked out; null where only git knows
 */
public record ReleaseSource(String directory, String release, String version, String branch) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static ReleaseSource folder(String directory) {
        return new ReleaseSource(directory, null, null, null);
    }

    public static ReleaseSource published(String release) {
        return new ReleaseSource(null, release, null, null);
    }
}

package io.jenkins.plugins.supabase.core.ledger;

import java.util.Objects;

/**
 * A release as the ledger keeps it.
 *
 * @param digest       SHA-256 of its bundle, 64 hex digits in lower case
 * @param manifestJson the bundle's {@code release.json}
 */
public record ReleaseEntry(String digest, String version, String manifestJson) {
    public ReleaseEntry {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(version);
        Objects.requireNonNull(manifestJson);
    }

    @Override
    public String toString() {
        return version + " (" + digest + ")";
    }
}

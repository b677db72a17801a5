package io.jenkins.plugins.supabase.core.ledger;

import java.time.Instant;

/**
 * What an environment had before a deployment changed it.
 *
 * @param deployment that saved it
 * @param kind       such as {@code function} or {@code config}
 * @param name       within its kind
 * @param digest     SHA-256 of the content, 64 hex digits
 * @param bytes      of the content
 */
public record SnapshotEntry(long deployment, String kind, String name, String digest, long bytes, Instant takenAt) {}

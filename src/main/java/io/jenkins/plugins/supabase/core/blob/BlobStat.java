package io.jenkins.plugins.supabase.core.blob;

import java.time.Instant;

/**
 * What a destination says of an object without reading it.
 *
 * @param size         in bytes
 * @param lastModified by the destination's clock
 */
public record BlobStat(String key, long size, Instant lastModified) {}

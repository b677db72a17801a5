package io.jenkins.plugins.supabase.core.blob;

import java.time.Duration;

/**
 * How long a server may take.
 *
 * @param connect  for one connection
 * @param idle     without a byte in either direction
 * @param attempts of one call, with growing pauses, where the server was busy, failed or was not reached
 */
record S3Patience(Duration connect, Duration idle, int attempts) {
    static final S3Patience DEFAULT = new S3Patience(Duration.ofSeconds(10), Duration.ofMinutes(1), 6);
}

package io.jenkins.plugins.supabase.core.blob;

/** Bytes that are not those that were announced. */
final class Mismatch {
    private Mismatch() {}

    static DestinationException ofContent(
            String destination, String key, BlobContent expected, long size, String sha256) {
        return new DestinationException(
                ("What was read for %s is not what was announced: %d bytes with SHA-256 %s instead of %d bytes with "
                                + "SHA-256 %s. The destination %s is as it was. The source changed or its disk is "
                                + "damaged: make the object anew.")
                        .formatted(key, size, sha256, expected.size(), expected.sha256(), destination));
    }
}

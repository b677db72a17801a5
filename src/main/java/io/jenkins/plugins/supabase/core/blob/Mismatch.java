package io.jenkins.plugins.supabase.core.blob;

/** Bytes that are not those that were announced. */
final class Mismatch {
    private Mismatch() {}

    static DestinationException ofContent(String destination, String key, BlobContent expected, BlobDigest found) {
        return new DestinationException(
                ("What was read for %s is not what was announced: %s instead of %s. The destination %s is as it was. The "
                                + "source changed or its disk is damaged: make the object anew.")
                        .formatted(key, found, BlobDigest.of(expected), destination));
    }
}

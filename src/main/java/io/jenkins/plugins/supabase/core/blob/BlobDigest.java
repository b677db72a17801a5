package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Size and SHA-256 of what was read. */
record BlobDigest(long size, String sha256) {
    private static final int BUFFER_BYTES = 64 << 10;

    static BlobDigest of(InputStream stream) throws IOException, InterruptedException {
        MessageDigest digest = Sha256.digest();
        long size = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            digest.update(buffer, 0, read);
            size += read;
        }
        return new BlobDigest(size, Sha256.hex(digest));
    }

    static BlobDigest of(BlobContent content) {
        return new BlobDigest(content.size(), content.sha256());
    }

    @Override
    public String toString() {
        return "%d bytes with SHA-256 %s".formatted(size, sha256);
    }
}

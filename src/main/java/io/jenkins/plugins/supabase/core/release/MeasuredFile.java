package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32;

/** A file with everything that has to be known of it before it can be written into a bundle. */
record MeasuredFile(ReleaseFile file, long crc, ByteSource source) {
    private static final int BUFFER_BYTES = 64 << 10;

    static MeasuredFile of(String path, ByteSource source) throws IOException {
        CRC32 crc = new CRC32();
        MessageDigest sha256 = Sha256.digest();
        long size = 0;
        try (InputStream stream = source.open()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                crc.update(buffer, 0, read);
                sha256.update(buffer, 0, read);
                size += read;
            }
        }
        return new MeasuredFile(new ReleaseFile(path, size, Sha256.hex(sha256)), crc.getValue(), source);
    }
}

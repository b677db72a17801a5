package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;

/** A content cut into parts, one after the other. Each is read once to know its SHA-256, and again when it is sent. */
final class S3Parts {
    /** What goes in one call, and into memory where it cannot be read again. S3 wants parts of 5 MiB to 5 GiB. */
    static final long SMALLEST = 16L << 20;

    private static final long MIB = 1L << 20;
    private static final int MOST_PARTS = 10_000;
    private static final int BUFFER_BYTES = 64 << 10;

    private final BlobContent content;
    private final S3Failures failures;
    private final String key;
    private final long size;
    private final MessageDigest whole = Sha256.digest();
    private long offset;

    S3Parts(BlobContent content, S3Failures failures, String key) {
        this.content = content;
        this.failures = failures;
        this.key = key;
        long needed = (content.size() + MOST_PARTS - 1) / MOST_PARTS;
        if (needed > SMALLEST && !content.repeatable()) {
            throw failures.tooLongToBuffer(key, SMALLEST * MOST_PARTS);
        }
        this.size = Math.max(SMALLEST, (needed + MIB - 1) / MIB * MIB);
    }

    boolean hasNext() {
        return offset < content.size();
    }

    S3Body next() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long length = Math.min(size, content.size() - offset);
        try (InputStream stream = content.open(offset)) {
            S3Body body = content.repeatable() ? measured(stream, length) : buffered(stream, (int) length);
            offset += length;
            return body;
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw failures.source("storing " + key, e);
        }
    }

    private S3Body buffered(InputStream stream, int length) throws IOException {
        byte[] bytes = stream.readNBytes(length);
        if (bytes.length < length) {
            throw tooShort();
        }
        whole.update(bytes);
        return S3Body.of(bytes);
    }

    private S3Body measured(InputStream stream, long length) throws IOException {
        MessageDigest digest = Sha256.digest();
        MessageDigest md5 = S3Body.newMd5();
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = length;
        while (left > 0) {
            int read = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw tooShort();
            }
            digest.update(buffer, 0, read);
            md5.update(buffer, 0, read);
            whole.update(buffer, 0, read);
            left -= read;
        }
        return new S3Body(content, offset, length, Sha256.hex(digest), md5.digest());
    }

    private static IOException tooShort() {
        return new IOException("it is shorter than announced");
    }

    /** @return SHA-256 of all parts so far, 64 hex digits; may be asked once */
    String sha256() {
        return Sha256.hex(whole);
    }
}

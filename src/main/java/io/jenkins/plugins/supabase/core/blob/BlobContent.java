package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Bytes to be stored, whose size and SHA-256 are known before. */
public interface BlobContent {
    /** @return in bytes */
    long size();

    /** @return 64 hex digits, lower case */
    String sha256();

    /**
     * @param offset in bytes from the beginning, 0 to {@link #size()}
     * @return what is from there on; the caller closes it
     * @throws IOException also when these bytes were read before and cannot be read again
     */
    InputStream open(long offset) throws IOException;

    /** @return whether every byte can be read any number of times */
    default boolean repeatable() {
        return true;
    }

    /** @return whether its SHA-256 is that of bytes in memory which nobody changes, so that taking it again is idle */
    default boolean hashedInMemory() {
        return false;
    }

    /** @return the same, read through another stream */
    default BlobContent through(UnaryOperator<InputStream> wrapper) {
        return new WrappedContent(this, wrapper);
    }

    static BlobContent of(byte[] bytes) {
        return new Known(bytes.length, Sha256.of(bytes)) {
            @Override
            public InputStream open(long offset) {
                int start = (int) offset;
                return new ByteArrayInputStream(bytes, start, bytes.length - start);
            }
        };
    }

    /** @param file not to be changed until it is stored; what does not fit its SHA-256 is not stored */
    static BlobContent of(Path file, long size, String sha256) {
        return new Known(size, sha256) {
            @Override
            public InputStream open(long offset) throws IOException {
                SeekableByteChannel channel = Files.newByteChannel(file);
                channel.position(offset);
                return Channels.newInputStream(channel);
            }
        };
    }

    /** @param stream read once, from its beginning to its end; left open */
    static BlobContent once(InputStream stream, long size, String sha256) {
        return new StreamContent(stream, size, sha256);
    }

    /** What all of them know. */
    abstract class Known implements BlobContent {
        private final long size;
        private final String sha256;

        Known(long size, String sha256) {
            if (size < 0 || !Sha256.is(sha256)) {
                throw new IllegalArgumentException("A content needs its size and its SHA-256 in 64 hex digits.");
            }
            this.size = size;
            this.sha256 = sha256;
        }

        @Override
        public final long size() {
            return size;
        }

        @Override
        public final String sha256() {
            return sha256;
        }
    }
}

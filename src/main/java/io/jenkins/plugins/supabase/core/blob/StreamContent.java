package io.jenkins.plugins.supabase.core.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that passes by once. */
final class StreamContent extends BlobContent.Known {
    private final Counting stream;

    StreamContent(InputStream stream, long size, String sha256) {
        super(size, sha256);
        this.stream = new Counting(stream);
    }

    @Override
    public InputStream open(long offset) throws IOException {
        if (offset != stream.position) {
            throw new IOException("the content can be read only once");
        }
        return stream;
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    private static final class Counting extends FilterInputStream {
        private long position;

        Counting(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            position += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(count);
            position += skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() {
            // It belongs to whoever handed it in.
        }
    }
}

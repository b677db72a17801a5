package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts COPY's text into rows: a line feed inside of a value is escaped there. */
final class RowReader {
    private static final int BUFFER_BYTES = 128 << 10;

    private final RowHash hash;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;

    RowReader(RowHash hash) {
        this.hash = hash;
    }

    /** @return bytes that were read */
    long read(InputStream stream) throws IOException {
        long size = 0;
        for (int read = stream.read(buffer, filled, buffer.length - filled);
                read >= 0;
                read = stream.read(buffer, filled, buffer.length - filled)) {
            size += read;
            int scanned = filled;
            filled += read;
            cut(scanned);
            if (filled == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
        }
        if (filled > 0) {
            hash.add(buffer, 0, filled);
        }
        return size;
    }

    private void cut(int from) {
        int start = 0;
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                hash.add(buffer, start, i + 1 - start);
                start = i + 1;
            }
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
    }
}

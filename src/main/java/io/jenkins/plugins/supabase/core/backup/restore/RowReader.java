package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Cuts COPY's text into rows: a line feed inside of a value is escaped there. */
final class RowReader {
    private static final int BUFFER_BYTES = 128 << 10;
    /** A row that is longer than this is not held. */
    private static final int LONGEST_BYTES = 2 << 20;
    /** Looking at eight bytes at once is what makes reading faster than decrypting. */
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private final RowHash hash;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    /** What came of the row that is read, before what is in the buffer; null where nothing did. */
    private RowHash.LongRow longRow;

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
                makeRoom();
            }
        }
        if (filled > 0 || longRow != null) {
            endRow(0, filled);
        }
        return size;
    }

    private void makeRoom() {
        if (buffer.length < LONGEST_BYTES) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
            return;
        }
        longRow = longRow == null ? hash.new LongRow() : longRow;
        longRow.add(buffer, 0, filled);
        filled = 0;
    }

    private void endRow(int start, int length) {
        if (longRow == null) {
            hash.add(buffer, start, length);
        } else {
            longRow.end(buffer, start, length);
            longRow = null;
        }
    }

    private void cut(int from) {
        int start = 0;
        int at = from;
        for (; at <= filled - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONG.get(buffer, at) ^ LINE_FEEDS;
            // The highest bit of each byte that is zero now, and of some after it that are not.
            for (long bits = word - LOWEST_BITS & ~word & HIGHEST_BITS; bits != 0; bits &= bits - 1) {
                start = cutAt(at + Long.numberOfTrailingZeros(bits) / Byte.SIZE, start);
            }
        }
        for (; at < filled; at++) {
            start = cutAt(at, start);
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
    }

    private int cutAt(int at, int start) {
        if (buffer[at] != '\n') {
            return start;
        }
        endRow(start, at + 1 - start);
        return at + 1;
    }
}

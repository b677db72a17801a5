package io.jenkins.plugins.supabase.core.backup.mask;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Rows in COPY's text format with some of their columns masked. Memory does not grow with a row. Tabs and line feeds of
 * values are escaped in this format, so that every one of them ends a value.
 */
final class MaskedRows extends InputStream {
    private static final int PIECE_BYTES = 64 << 10;

    private final InputStream rows;
    private final ValueMask[] masks;
    private final byte[] read = new byte[PIECE_BYTES];
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream(PIECE_BYTES * 2);
    private byte[] masked = new byte[0];
    private int taken;
    private int column;
    private boolean inRow;

    /** @param masks of the columns in their order; null for those that stay as they are */
    MaskedRows(InputStream rows, ValueMask[] masks) {
        this.rows = rows;
        this.masks = masks.clone();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        while (taken == masked.length) {
            int count = rows.read(read);
            if (count < 0) {
                if (inRow) {
                    throw new IOException("rows that are masked end within a row");
                }
                return -1;
            }
            mask(count);
            masked = pending.toByteArray();
            pending.reset();
            taken = 0;
        }
        int given = Math.min(length, masked.length - taken);
        System.arraycopy(masked, taken, buffer, from, given);
        taken += given;
        return given;
    }

    private void mask(int count) throws IOException {
        int at = 0;
        while (at < count) {
            int end = at;
            while (end < count && read[end] != '\t' && read[end] != '\n') {
                end++;
            }
            if (column == masks.length) {
                throw new IOException("rows that are masked have more columns than their table");
            }
            ValueMask mask = masks[column];
            if (mask == null) {
                pending.write(read, at, end - at);
            } else {
                mask.add(read, at, end - at);
            }
            inRow = true;
            if (end < count) {
                if (mask != null) {
                    mask.end(pending);
                }
                pending.write(read[end]);
                inRow = read[end] != '\n';
                column = inRow ? column + 1 : 0;
                end++;
            }
            at = end;
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}

package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.backup.format.PartWriter;
import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyOut;

/**
 * Some whole rows, as COPY sends them. Reading and compressing by turns, many rows at a time, keeps both loops small:
 * the virtual machine compiles one big one again and again, for longer than it then runs.
 */
final class RowBatch {
    private static final int FIRST_BYTES = 32 << 10;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    /** A row that found no room any more. */
    private byte[] next;

    /** @return whether there are rows in it now */
    boolean fill(CopyOut copy, RowHash hash) throws SQLException {
        length = 0;
        byte[] row = next != null ? next : copy.isActive() ? copy.readFromCopy() : null;
        while (row != null && hasRoomFor(row)) {
            hash.add(row, 0, row.length);
            System.arraycopy(row, 0, bytes, length, row.length);
            length += row.length;
            row = copy.readFromCopy();
        }
        next = row;
        return length > 0 || next != null;
    }

    private boolean hasRoomFor(byte[] row) {
        if (row.length <= bytes.length - length) {
            return true;
        }
        if (row.length > PartWriter.FRAME_BYTES - length) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, Math.min(PartWriter.FRAME_BYTES, Math.max(4 * bytes.length, length + row.length)));
        return true;
    }

    /** Writes what is in it; a row that is larger than a frame goes without a copy. */
    void writeTo(PartWriter writer, RowHash hash) throws IOException {
        if (length > 0) {
            writer.writeFrame(bytes, 0, length);
        } else {
            hash.add(next, 0, next.length);
            writer.write(next, 0, next.length);
            next = null;
        }
    }
}

package io.jenkins.plugins.supabase.core.backup.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads what {@link TarWriter} wrote. As a stream it is the content of the file that {@link #next} went to. */
public final class TarReader extends InputStream {
    private final InputStream in;
    private long left;
    private long padding;

    /** @param in closed with this */
    public TarReader(InputStream in) {
        this.in = in;
    }

    /** A file in the archive. */
    public record Entry(String name, long size) {}

    /**
     * Goes to the next file; what is left of the one before is skipped.
     *
     * @return null at the end
     */
    public Entry next() throws IOException {
        in.skipNBytes(left + padding);
        byte[] header = in.readNBytes(TarWriter.BLOCK);
        if (header.length == 0) {
            left = 0;
            padding = 0;
            return null;
        }
        if (header.length < TarWriter.BLOCK) {
            throw new EOFException("the archive ends in the middle of a file's name");
        }
        if (octal(header, TarWriter.SUM_AT, TarWriter.SUM_LENGTH) != TarWriter.sum(header)) {
            throw new IOException("what should be the name of a file in the archive is none");
        }
        int end = 0;
        while (end < TarWriter.NAME && header[end] != 0) {
            end++;
        }
        left = size(header);
        padding = -left & TarWriter.BLOCK - 1;
        return new Entry(new String(header, 0, end, StandardCharsets.UTF_8), left);
    }

    private static long size(byte[] header) throws IOException {
        if ((header[TarWriter.SIZE_AT] & 0x80) == 0) {
            return octal(header, TarWriter.SIZE_AT, TarWriter.SIZE_LENGTH);
        }
        long size = 0;
        for (int i = TarWriter.SIZE_LENGTH - Long.BYTES; i < TarWriter.SIZE_LENGTH; i++) {
            size = size << Byte.SIZE | header[TarWriter.SIZE_AT + i] & 0xff;
        }
        return size;
    }

    private static long octal(byte[] header, int at, int length) throws IOException {
        String digits = new String(header, at, length, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
        try {
            return Long.parseLong(digits, Byte.SIZE);
        } catch (NumberFormatException e) {
            throw new IOException("a number in the archive is none", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the archive ends in the middle of a file");
        }
        left -= read;
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

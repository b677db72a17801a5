package io.jenkins.plugins.supabase.core.backup.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes files one after another as tar does (POSIX ustar), without the two empty blocks at the end: archives that
 * follow each other are one archive then.
 */
public final class TarWriter {
    static final int BLOCK = 512;
    static final int NAME = 100;
    static final int SIZE_AT = 124;
    static final int SIZE_LENGTH = 12;
    static final int SUM_AT = 148;
    static final int SUM_LENGTH = 8;
    /** What eleven octal digits hold; larger sizes are written as GNU tar writes them. */
    private static final long LARGEST_OCTAL = (1L << 33) - 1;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;

    private final OutputStream out;

    /** @param out left open */
    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Begins a file, whose bytes and then {@link #pad} must follow.
     *
     * @param name of at most 100 bytes
     */
    public void begin(String name, long size) throws IOException {
        byte[] header = new byte[BLOCK];
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (text.length > NAME || size < 0) {
            throw new IllegalArgumentException("No file of a backup has the name " + name + " and the size " + size);
        }
        System.arraycopy(text, 0, header, 0, text.length);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        if (size <= LARGEST_OCTAL) {
            put(header, SIZE_AT, String.format(Locale.ROOT, "%011o\0", size));
        } else {
            header[SIZE_AT] = (byte) 0x80;
            for (int i = 0; i < Long.BYTES; i++) {
                header[SIZE_AT + SIZE_LENGTH - 1 - i] = (byte) (size >>> Byte.SIZE * i);
            }
        }
        put(header, 136, "00000000000\0");
        header[TYPE_AT] = '0';
        put(header, MAGIC_AT, "ustar\00000");
        put(header, SUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum(header)));
        out.write(header);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** @return of all bytes, as if those of the sum itself were spaces */
    static int sum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= SUM_AT && i < SUM_AT + SUM_LENGTH ? ' ' : header[i] & 0xff;
        }
        return sum;
    }

    /** Ends a file of this size. */
    public void pad(long size) throws IOException {
        out.write(new byte[(int) (-size & BLOCK - 1)]);
    }

    public void file(String name, byte[] content) throws IOException {
        begin(name, content.length);
        out.write(content);
        pad(content.length);
    }
}

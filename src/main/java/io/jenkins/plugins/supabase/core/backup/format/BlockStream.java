package io.jenkins.plugins.supabase.core.backup.format;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** Reads a list of blocks as one stream. */
final class BlockStream extends InputStream {
    private final List<byte[]> blocks;
    private int block;
    private int at;
    private long left;

    /** @param length of all that is in the blocks, from their beginning */
    BlockStream(List<byte[]> blocks, long offset, long length) {
        this.blocks = blocks;
        this.left = length - offset;
        long skipped = offset;
        while (block < blocks.size() && skipped >= blocks.get(block).length) {
            skipped -= blocks.get(block++).length;
        }
        this.at = (int) skipped;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (left == 0 && length > 0) {
            return -1;
        }
        int read = 0;
        while (read < length && left > 0) {
            byte[] current = blocks.get(block);
            int some = (int) Math.min(Math.min(length - read, current.length - at), left);
            System.arraycopy(current, at, target, offset + read, some);
            read += some;
            at += some;
            left -= some;
            if (at == current.length) {
                block++;
                at = 0;
            }
        }
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}

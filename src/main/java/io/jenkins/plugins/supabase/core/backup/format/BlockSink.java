package io.jenkins.plugins.supabase.core.backup.format;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects a file's bytes in blocks: one array that grows would be copied again and again, and be huge to the collector.
 */
final class BlockSink implements WritableByteChannel {
    /** Less than half of the smallest region of the G1 collector, which treats larger arrays badly. */
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int FIRST_BYTES = 4 << 10;

    private final List<byte[]> blocks = new ArrayList<>();
    private int free;
    private long size;

    @Override
    public int write(ByteBuffer source) {
        int written = source.remaining();
        while (source.hasRemaining()) {
            if (free == 0) {
                free = blocks.isEmpty() ? FIRST_BYTES : BLOCK_BYTES;
                blocks.add(new byte[free]);
            }
            byte[] block = blocks.get(blocks.size() - 1);
            int some = Math.min(free, source.remaining());
            source.get(block, block.length - free, some);
            free -= some;
        }
        size += written;
        return written;
    }

    long size() {
        return size;
    }

    SealedPart seal(long plainSize) {
        return new SealedPart(blocks, size, plainSize);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // What was written stays, to be sealed.
    }
}

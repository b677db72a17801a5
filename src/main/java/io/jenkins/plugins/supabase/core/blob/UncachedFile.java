package io.jenkins.plugins.supabase.core.blob;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A new file that is written from its beginning to its end, past the system's cache where the file system can do that
 * (direct I/O): nobody on this machine reads it soon, and the copy into the cache costs several times what all else about
 * writing it does. Wherever that is refused, also in the middle, the rest goes through the cache.
 */
final class UncachedFile implements AutoCloseable {
    /** What is best written at a time, a multiple of {@link #BLOCK_BYTES}. */
    static final int PIECE_BYTES = 256 << 10;

    /** Of files that are no larger, opening them twice costs more than it gains. */
    private static final long SMALL_BYTES = 1 << 20;
    /** What is written directly must be whole blocks of the file system, in memory too; larger ones are not in use. */
    private static final int BLOCK_BYTES = 64 << 10;
    /**
     * Kept, as memory outside of the heap is freed late. Given an array, Java 17 takes such memory itself, and leaves it
     * to the thread in a state in which its next read of an ordinary file may fail.
     */
    private static final Queue<ByteBuffer> IDLE = new ConcurrentLinkedQueue<>();

    private final FileChannel cached;
    private FileChannel direct;
    private ByteBuffer piece;
    private long size;

    /** @param expected the size that it will have, in bytes */
    UncachedFile(Path file, long expected) throws IOException {
        cached = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (expected > SMALL_BYTES) {
            try {
                ByteBuffer idle = IDLE.poll();
                piece = idle != null
                        ? idle
                        : ByteBuffer.allocateDirect(PIECE_BYTES + BLOCK_BYTES).alignedSlice(BLOCK_BYTES);
                direct = FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
            } catch (IOException | UnsupportedOperationException | LinkageError | OutOfMemoryError e) {
                // No such file system or memory, or a Java that was cut down; the other channel tells what else is wrong.
            }
        }
    }

    long size() {
        return size;
    }

    /** @param length more than 0 */
    void write(byte[] bytes, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
        if (direct != null && size % BLOCK_BYTES == 0 && length % BLOCK_BYTES == 0 && length <= PIECE_BYTES) {
            left.position(writeDirectly(bytes, length));
        }
        while (left.hasRemaining()) {
            size += cached.write(left, size);
        }
    }

    /** @return how much of it was written */
    private int writeDirectly(byte[] bytes, int length) throws IOException {
        piece.clear().limit(length).put(0, bytes, 0, length);
        try {
            int written = direct.write(piece, size);
            size += written;
            return written;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            direct.close();
            direct = null;
            return 0;
        }
    }

    /** Returns when all of it is on the disk. */
    void force() throws IOException {
        cached.force(true);
    }

    @Override
    public void close() throws IOException {
        if (piece != null) {
            IDLE.add(piece);
            piece = null;
        }
        try (cached) {
            if (direct != null) {
                direct.close();
            }
        }
    }
}

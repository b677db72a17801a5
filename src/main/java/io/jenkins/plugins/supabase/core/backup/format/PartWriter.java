package io.jenkins.plugins.supabase.core.backup.format;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compresses and encrypts what is written to it, as one part. Not for several threads. */
public final class PartWriter extends OutputStream {
    /** Of what is written, what is compressed at once and can be decompressed by itself. */
    public static final int FRAME_BYTES = 2 << 20;

    /** What a part's file should have at most, so that it is stored in one call, and read into memory whole. */
    private static final int FULL_BYTES = 8 << 20;
    /** Rows that compress to next to nothing must still be restored by several connections. */
    private static final long FULL_PLAIN_BYTES = 256L << 20;
    private static final int FIRST_BYTES = 8 << 10;
    /** As small as level 3 with a third less to do: it looks for no short matches, of which hex digits are full. */
    private static final int LEVEL = 2;
    /** Half of the level's own table: texts are compressed a seventh faster, to 4 % more. */
    private static final int HASH_LOG = 15;

    private final BlockSink sink = new BlockSink();
    private final WritableByteChannel age;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] buffer = new byte[FIRST_BYTES];
    private byte[] packed = {};
    private int buffered;
    private long plainSize;

    /** @throws IOException when a recipient cannot be encrypted for */
    public PartWriter(List<AgeRecipient> recipients) throws IOException {
        zstd.setLevel(LEVEL).setHashLog(HASH_LOG);
        try {
            List<RecipientStanzaWriter> writers = new ArrayList<>();
            for (AgeRecipient recipient : recipients) {
                writers.add(recipient.writer());
            }
            age = new StandardEncryptingChannelFactory(NativeCrypto.provider()).newEncryptingChannel(sink, writers);
        } catch (GeneralSecurityException e) {
            zstd.close();
            throw new IOException("a part cannot be encrypted: " + e.getMessage(), e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        for (int left = offset + length - at; left > 0; left = offset + length - at) {
            int some = Math.min(left, FRAME_BYTES - buffered);
            if (buffered + some > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(FRAME_BYTES, Math.max(buffered + some, 2 * buffer.length)));
            }
            System.arraycopy(bytes, at, buffer, buffered, some);
            buffered += some;
            at += some;
            if (buffered == FRAME_BYTES) {
                flushBuffer();
            }
        }
    }

    private void flushBuffer() throws IOException {
        int length = buffered;
        buffered = 0;
        compress(buffer, 0, length);
    }

    /** Writes a frame without a copy in between. */
    public void writeFrame(byte[] bytes, int offset, int length) throws IOException {
        if (buffered > 0) {
            flushBuffer();
        }
        compress(bytes, offset, length);
    }

    private void compress(byte[] bytes, int offset, int length) throws IOException {
        int bound = (int) Zstd.compressBound(length);
        if (packed.length < bound) {
            packed = new byte[bound];
        }
        try {
            int size = zstd.compressByteArray(packed, 0, packed.length, bytes, offset, length);
            age.write(ByteBuffer.wrap(packed, 0, size));
        } catch (ZstdException e) {
            throw new IOException("a part cannot be compressed: " + e.getMessage(), e);
        }
        plainSize += length;
    }

    /** @return whether it is time for the next part */
    public boolean isFull() {
        return sink.size() >= FULL_BYTES || plainSize >= FULL_PLAIN_BYTES;
    }

    /** Ends the part. */
    public SealedPart seal() throws IOException {
        if (buffered > 0 || plainSize == 0) {
            // Nothing at all is a frame, too: without one, zstd takes a file for cut off.
            flushBuffer();
        }
        close();
        age.close();
        return sink.seal(plainSize);
    }

    /** Gives the native memory back; what was not sealed is lost. */
    @Override
    public void close() {
        zstd.close();
    }
}

package io.jenkins.plugins.supabase.core.backup.format;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Compresses and encrypts what is written to it, as one part. Not for several threads. */
public final class PartWriter extends OutputStream {
    /** What a part's file should have at most, so that it is stored in one call, and read into memory whole. */
    private static final int FULL_BYTES = 8 << 20;
    /** Rows that compress to next to nothing must still be restored by several connections. */
    private static final long FULL_PLAIN_BYTES = 256L << 20;
    private static final int LEVEL = 3;
    /** Each call into the native library costs as much as a row or two. */
    private static final int BUFFER_BYTES = 128 << 10;

    private final SealedPart.Sink sink = new SealedPart.Sink();
    private final ZstdOutputStreamNoFinalizer zstd;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private long plainSize;
    private boolean full;

    /** @throws IOException when a recipient cannot be encrypted for */
    public PartWriter(List<AgeRecipient> recipients) throws IOException {
        try {
            List<RecipientStanzaWriter> writers = new ArrayList<>();
            for (AgeRecipient recipient : recipients) {
                writers.add(recipient.writer());
            }
            WritableByteChannel age =
                    new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(sink), writers);
            zstd = new ZstdOutputStreamNoFinalizer(Channels.newOutputStream(age), LEVEL);
        } catch (GeneralSecurityException e) {
            throw new IOException("a part cannot be encrypted: " + e.getMessage(), e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        plainSize += length;
        if (length > buffer.length - buffered) {
            flushBuffer();
        }
        if (length > buffer.length) {
            zstd.write(bytes, offset, length);
            measure();
            return;
        }
        System.arraycopy(bytes, offset, buffer, buffered, length);
        buffered += length;
    }

    private void flushBuffer() throws IOException {
        zstd.write(buffer, 0, buffered);
        buffered = 0;
        measure();
    }

    private void measure() {
        full = sink.size() >= FULL_BYTES || plainSize >= FULL_PLAIN_BYTES;
    }

    /** @return whether it is time for the next part */
    public boolean isFull() {
        return full;
    }

    /** Ends the part. */
    public SealedPart seal() throws IOException {
        flushBuffer();
        zstd.close();
        return sink.seal(plainSize);
    }

    /** Gives the native memory back; what was not sealed is lost. */
    @Override
    public void close() throws IOException {
        zstd.close();
    }
}

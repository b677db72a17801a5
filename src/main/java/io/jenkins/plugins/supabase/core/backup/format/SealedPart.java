package io.jenkins.plugins.supabase.core.backup.format;

import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.security.MessageDigest;

/** A part's file in memory: compressed and encrypted, ready to be stored in any number of destinations. */
public final class SealedPart implements BlobContent {
    private final byte[] bytes;
    private final int length;
    private final String sha256;
    private final long plainSize;

    private SealedPart(byte[] bytes, int length, long plainSize) {
        this.bytes = bytes;
        this.length = length;
        this.plainSize = plainSize;
        MessageDigest digest = Sha256.digest();
        digest.update(bytes, 0, length);
        this.sha256 = Sha256.hex(digest);
    }

    /** Collects a file's bytes and gives them away without a copy. */
    static final class Sink extends ByteArrayOutputStream {
        private static final int FIRST_BYTES = 4 << 10;

        Sink() {
            super(FIRST_BYTES);
        }

        SealedPart seal(long plainSize) {
            return new SealedPart(buf, count, plainSize);
        }
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    /** @return size of what is in it, in bytes */
    public long plainSize() {
        return plainSize;
    }

    @Override
    public InputStream open(long offset) {
        return new ByteArrayInputStream(bytes, (int) offset, length - (int) offset);
    }

    /** @return as a manifest lists it */
    public BackupPart as(PartKind kind) {
        return BackupPart.of(kind, this);
    }
}

package io.jenkins.plugins.supabase.core.backup.format;

import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;

/** A part's file in memory: compressed and encrypted, ready to be stored in any number of destinations. */
public final class SealedPart implements BlobContent {
    private final List<byte[]> blocks;
    private final long length;
    private final String sha256;
    private final long plainSize;

    /** @param blocks all full but the last, of which {@code length} tells how much is used */
    SealedPart(List<byte[]> blocks, long length, long plainSize) {
        this.blocks = List.copyOf(blocks);
        this.length = length;
        this.plainSize = plainSize;
        MessageDigest digest = NativeCrypto.sha256();
        long left = length;
        for (byte[] block : this.blocks) {
            int used = (int) Math.min(left, block.length);
            digest.update(block, 0, used);
            left -= used;
        }
        this.sha256 = Sha256.hex(digest);
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public boolean hashedInMemory() {
        return true;
    }

    /** @return size of what is in it, in bytes */
    public long plainSize() {
        return plainSize;
    }

    @Override
    public InputStream open(long offset) {
        return new BlockStream(blocks, offset, length);
    }

    /** @return as a manifest lists it */
    public BackupPart as(PartKind kind) {
        return BackupPart.of(kind, this);
    }
}

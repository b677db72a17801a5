package io.jenkins.plugins.supabase.core.backup.format;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.List;

/** Decrypts and decompresses parts. */
public final class PartReader {
    private final AgeIdentity identity;

    public PartReader(AgeIdentity identity) {
        this.identity = identity;
    }

    /**
     * @param file of a part, whole
     * @return what is in it; reading throws an IOException where the file is not what was written
     */
    public InputStream open(byte[] file) throws IOException {
        try {
            return new ZstdInputStreamNoFinalizer(Channels.newInputStream(new StandardDecryptingChannelFactory(NativeCrypto.provider())
                    .newDecryptingChannel(
                            Channels.newChannel(new ByteArrayInputStream(file)), List.of(identity.reader()))));
        } catch (GeneralSecurityException e) {
            throw new IOException("it cannot be decrypted with this key", e);
        }
    }
}

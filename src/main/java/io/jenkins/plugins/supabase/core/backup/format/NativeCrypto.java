package io.jenkins.plugins.supabase.core.backup.format;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import org.conscrypt.Conscrypt;

/**
 * ChaCha20-Poly1305 and SHA-256 of BoringSSL, by way of Conscrypt, where there is a library for the platform; of Java
 * otherwise, with the same results. Java 17 has ChaCha20 in plain Java, which is slow, and slower until it is compiled.
 */
public final class NativeCrypto {
    private static final String CIPHER = "ChaCha20-Poly1305";
    /** Null where Java's own are used. */
    private static final Provider CONSCRYPT = conscrypt();
    private static final Provider FOR_BUFFERS = CONSCRYPT == null ? null : new ForBuffers(CONSCRYPT);

    private NativeCrypto() {}

    /** Begins to load the library, on a thread of its own: once in a virtual machine, it takes a fifth of a second. */
    public static void load() {
        Thread thread = new Thread(NativeCrypto::provider, "supabase-delivery-crypto");
        thread.setDaemon(true);
        thread.start();
    }

    private static Provider conscrypt() {
        try {
            Provider provider = Conscrypt.newProvider();
            // Oracle's Java refuses the ciphers of providers without a signature that it knows.
            Cipher.getInstance(CIPHER, new ForBuffers(provider));
            MessageDigest.getInstance(Sha256.ALGORITHM, provider);
            return provider;
        } catch (GeneralSecurityException | SecurityException | LinkageError e) {
            return null;
        }
    }

    /** @return for jagged, which takes null for Java's own */
    static Provider provider() {
        return FOR_BUFFERS;
    }

    /** @return for much data; a few bytes are hashed faster without crossing over into native code */
    public static MessageDigest sha256() {
        try {
            return CONSCRYPT == null ? Sha256.digest() : MessageDigest.getInstance(Sha256.ALGORITHM, CONSCRYPT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("It was there before", e);
        }
    }

    private static final class ForBuffers extends Provider {
        private static final long serialVersionUID = 1L;

        ForBuffers(Provider provider) {
            super("SupabaseDelivery", provider.getVersionStr(), "The cipher of age, by " + provider.getName());
            putService(new Service(this, "Cipher", CIPHER, ArrayCipher.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object unused) throws NoSuchAlgorithmException {
                    try {
                        return new ArrayCipher(Cipher.getInstance(CIPHER, provider));
                    } catch (NoSuchPaddingException e) {
                        throw new NoSuchAlgorithmException(e);
                    }
                }
            });
        }
    }
}

package io.jenkins.plugins.supabase.core.backup.format;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** What manifests are signed with: an Ed25519 key as {@code openssl genpkey -algorithm ed25519} writes it. */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey key;
    private final VerificationKey verificationKey;

    private SigningKey(PrivateKey key, VerificationKey verificationKey) {
        this.key = key;
        this.verificationKey = verificationKey;
    }

    /** @throws DeliveryException when it is none */
    public static SigningKey parse(SecretText pem) {
        try {
            EdECPrivateKey key = (EdECPrivateKey) KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.decode("PRIVATE KEY", pem.reveal())));
            return new SigningKey(key, publicHalf(key));
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            // Without the cause, which may hold what was given.
            throw new DeliveryException("The key that manifests of backups are signed with cannot be used, so that"
                    + " nothing was"
                    + " backed up. Make one with: openssl genpkey -algorithm ed25519");
        }
    }

    /** Java has no call for it, but makes a key pair of the 32 bytes that it gets as random ones. */
    private static VerificationKey publicHalf(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] seed = key.getBytes().orElseThrow(IllegalArgumentException::new);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return new VerificationKey(generator.generateKeyPair().getPublic());
    }

    public VerificationKey verificationKey() {
        return verificationKey;
    }

    /** @return 64 bytes, as {@code openssl pkeyutl -verify -rawin} takes them */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 17 has Ed25519", e);
        }
    }
}

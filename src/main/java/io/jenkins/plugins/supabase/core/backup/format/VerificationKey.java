package io.jenkins.plugins.supabase.core.backup.format;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** What a manifest's signature is checked with: the public half of a {@link SigningKey}. */
public final class VerificationKey {
    private static final int ID_DIGITS = 16;

    private final PublicKey key;

    VerificationKey(PublicKey key) {
        this.key = key;
    }

    /**
     * @param pem as {@code openssl pkey -pubout} writes it
     * @throws DeliveryException when it is none
     */
    public static VerificationKey parse(String pem) {
        try {
            return new VerificationKey(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Pem.decode("PUBLIC KEY", pem))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause: somebody may have given the secret half.
            throw new DeliveryException("The key that manifests of backups are checked with cannot be used, so that"
                    + " nothing was"
                    + " read. Give what this command writes: openssl pkey -in SIGNING_KEY -pubout");
        }
    }

    /** @return 16 hex digits: the beginning of the SHA-256 of the key's DER form */
    public String id() {
        return Sha256.of(key.getEncoded()).substring(0, ID_DIGITS);
    }

    /** @return whether the key that this one belongs to signed the message */
    public boolean signed(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

package io.jenkins.plugins.supabase.core.backup.format;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** The secret half of an X25519 key of age: what a backup is read with. */
public final class AgeIdentity {
    private static final String PREFIX = "AGE-SECRET-KEY-1";
    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

    private final SecretText secret;
    private final AgeRecipient recipient;

    private AgeIdentity(SecretText secret, AgeRecipient recipient) {
        this.secret = secret;
        this.recipient = recipient;
    }

    /**
     * @param file what age-keygen writes: comments, and one line with the key
     * @throws DeliveryException when there is none in it
     */
    public static AgeIdentity parse(SecretText file) {
        try {
            String key = file.reveal().lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith(PREFIX))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no key"));
            byte[] bytes = Bech32.getDecoder().decode(key).getData();
            String recipient = Bech32.getEncoder().encode("age", publicKey(bytes)).toString();
            Arrays.fill(bytes, (byte) 0);
            return new AgeIdentity(new SecretText(key), AgeRecipient.parse(recipient));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause, which may hold what was given.
            throw new DeliveryException("The identity that backups are read with is no X25519 key of age, so that"
                    + " nothing was"
                    + " read. Give the file that age-keygen wrote: it has a line that begins with " + PREFIX + ".");
        }
    }

    /** The public key of a secret one is the shared secret with the curve's base point (RFC 7748, section 6.1). */
    private static byte[] publicKey(byte[] secret) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("X25519");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)));
        XECPublicKey base =
                (XECPublicKey) keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT));
        agreement.doPhase(base, true);
        return agreement.generateSecret();
    }

    /** @return who must have been a recipient of a backup for it to be read with this */
    public AgeRecipient recipient() {
        return recipient;
    }

    RecipientStanzaReader reader() throws GeneralSecurityException {
        return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret.reveal());
    }

    @Override
    public String toString() {
        return "identity of " + recipient;
    }
}

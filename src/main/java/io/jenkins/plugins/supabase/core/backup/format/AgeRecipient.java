package io.jenkins.plugins.supabase.core.backup.format;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.Serializable;
import java.security.GeneralSecurityException;

/**
 * Somebody who can read a backup: the public half of an X25519 key of age (github.com/C2SP/C2SP, age.md).
 *
 * @param text {@code age1…}
 */
public record AgeRecipient(String text) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** @throws DeliveryException when it is none */
    public static AgeRecipient parse(String text) {
        AgeRecipient recipient = new AgeRecipient(text.strip());
        try {
            recipient.writer();
            return recipient;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A secret key given by mistake must not be repeated.
            throw new DeliveryException("A recipient of backups is no public X25519 key of age, so that nothing was"
                    + " encrypted or stored. Write it as age-keygen prints it: age1 and 58 further characters.");
        }
    }

    RecipientStanzaWriter writer() throws GeneralSecurityException {
        return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
    }

    @Override
    public String toString() {
        return text;
    }
}

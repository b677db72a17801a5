package io.jenkins.plugins.supabase.core.backup.format;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.Serializable;
import java.security.GeneralSecurityException;

/**
 * Somebody who can read a backup: the public half of an X25519 key of age (github.com/C2SP/C2SP, age.md).
 *
 * @param text  {@code age1…}
 * @param owner who has the identity, in the words of whoever configured it; null where nobody said
 */
public record AgeRecipient(String text, String owner) implements Serializable {
    private static final long serialVersionUID = 2L;

    private static final String BEGIN = "age1";

    /**
     * @param line the key and, behind white space, who has its identity, as in an {@code authorized_keys} of SSH
     * @throws DeliveryException when it is none
     */
    public static AgeRecipient parse(String line) {
        String[] parts = line.strip().split("\\s+", 2);
        AgeRecipient recipient = new AgeRecipient(parts[0], parts.length == 1 ? null : parts[1]);
        if (recipient.owner != null && recipient.owner.contains(BEGIN)) {
            throw new DeliveryException("Two recipients of backups are in one line, so that nothing was encrypted or"
                    + " stored. Write each of them into a line of its own.");
        }
        try {
            recipient.writer();
            return recipient;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A secret key given by mistake must not be repeated.
            throw new DeliveryException("A recipient of backups is no public X25519 key of age, so that nothing was"
                    + " encrypted or stored. Write it as age-keygen prints it: age1 and 58 further characters.");
        }
    }

    /** @param text {@code age1…} of a key that works */
    public static AgeRecipient of(String text) {
        return new AgeRecipient(text, null);
    }

    RecipientStanzaWriter writer() throws GeneralSecurityException {
        return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
    }

    @Override
    public String toString() {
        return text;
    }
}

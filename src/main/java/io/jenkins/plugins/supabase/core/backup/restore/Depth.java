package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.Locale;

/** How far a verification goes; each includes the one before. */
public enum Depth {
    /** Every copy of every part is read and has its size and SHA-256. Needs no key but the manifest's. */
    HASHES,
    /** Every part is decrypted and decompressed, and the rows of each table are those of the snapshot. */
    READ,
    /** The drill: the backup is restored into a throw-away PostgreSQL and compared with the snapshot. */
    RESTORE;

    /** @throws DeliveryException naming the words there are */
    public static Depth parse(String word) {
        for (Depth depth : values()) {
            if (depth.word().equals(word)) {
                return depth;
            }
        }
        throw new DeliveryException("\"" + word + "\" is no depth of a verification, so that nothing was verified."
                + " Write hashes,"
                + " read or restore.");
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.jenkins.plugins.supabase.core.backup.mask;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What values are hashed with in one restore. It is kept nowhere, so that afterwards nobody can find out by trying which
 * hash a guessed value has.
 */
final class MaskKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    MaskKey() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** @return for one thread */
    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}

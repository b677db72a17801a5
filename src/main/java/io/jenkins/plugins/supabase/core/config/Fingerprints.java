package io.jenkins.plugins.supabase.core.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What stands for a secret where the secret itself must not be. */
final class Fingerprints {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SALTED = "pbkdf2-sha256:";
    private static final Pattern HMAC = Pattern.compile("[0-9a-f]{64}");
    private static final HexFormat HEX = HexFormat.of();
    private static final int SALT_BYTES = 16;
    private static final int ROUNDS = 100_000;
    private static final int KEY_BITS = 256;

    private Fingerprints() {}

    /**
     * What the Management API shows in place of a secret: HMAC-SHA-256 of the value, keyed with the project's
     * reference, in lower-case hex. From the Supabase CLI, which compares with it (sha256Hmac in
     * apps/cli-go/pkg/config).
     */
    static String hmac(String projectRef, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(projectRef.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HEX.formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isHmac(String text) {
        return HMAC.matcher(text).matches();
    }

    static String sha256(String value) {
        try {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return a new one each time: with another salt; slow to compute, so that guesses are slow too */
    static String salted(String value) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return salted(value, salt);
    }

    static boolean matches(String value, String salted) {
        String[] parts = salted.split(":");
        return salted.startsWith(SALTED)
                && parts.length == 3
                && parts[1].matches("[0-9a-f]{32}")
                && salted.equals(salted(value, HEX.parseHex(parts[1])));
    }

    private static String salted(String value, byte[] salt) {
        try {
            PBEKeySpec spec = new PBEKeySpec(value.toCharArray(), salt, ROUNDS, KEY_BITS);
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
            return SALTED + HEX.formatHex(salt) + ":" + HEX.formatHex(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

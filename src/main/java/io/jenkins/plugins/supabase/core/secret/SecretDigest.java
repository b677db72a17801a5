package io.jenkins.plugins.supabase.core.secret;

import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Compares a value with what the Management API shows of a secret. Digests stay in memory: whoever reads the SHA-256 of
 * a short password or a number finds it by trying, in minutes.
 */
final class SecretDigest {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private SecretDigest() {}

    /** @return whether the API shows a digest of it at all */
    static boolean isComparable(StoredSecret stored) {
        return stored.digest() != null && SHA256.matcher(stored.digest()).matches();
    }

    /** @return false also where what the API shows is no digest, so that the value is set again */
    static boolean matches(SecretText value, StoredSecret stored) {
        return isComparable(stored)
                && MessageDigest.isEqual(
                        of(value).getBytes(StandardCharsets.US_ASCII),
                        stored.digest().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    }

    private static String of(SecretText value) {
        try {
            byte[] bytes = value.reveal().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

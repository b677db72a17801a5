package io.jenkins.plugins.supabase.core.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 as it is written everywhere: 64 hex digits, lower case. */
public final class Sha256 {
    /** By Java's name. */
    public static final String ALGORITHM = "SHA-256";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** @param digest is reset */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String of(byte[] bytes) {
        MessageDigest digest = digest();
        digest.update(bytes);
        return hex(digest);
    }

    /** @param text hashed as UTF-8 */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param stream read to its end and left open */
    public static String of(InputStream stream) throws IOException {
        DigestInputStream reading = new DigestInputStream(stream, digest());
        reading.transferTo(OutputStream.nullOutputStream());
        return hex(reading.getMessageDigest());
    }

    /** @return whether the text is one: 64 hex digits in lower case */
    public static boolean is(String text) {
        return text != null && HEX.matcher(text).matches();
    }
}

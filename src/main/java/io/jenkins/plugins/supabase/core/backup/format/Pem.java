package io.jenkins.plugins.supabase.core.backup.format;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Base64 between two lines that say what it is (RFC 7468). */
final class Pem {
    private Pem() {}

    /** @throws IllegalArgumentException when the text holds no such block */
    static byte[] decode(String label, String text) {
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
                .matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException("There is no block of " + label + ".");
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }
}

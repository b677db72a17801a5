package io.jenkins.plugins.supabase.core.blob;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * Rules for names of objects, the same for every kind of destination: segments between slashes, none of them empty or
 * beginning with a dot, without backslashes and control characters; at most 1024 bytes as UTF-8 (S3's limit), and 255
 * each segment (that of file systems). No key may be the beginning of another at a slash, as a folder cannot be a file too.
 */
public final class BlobKey {
    private static final int LONGEST_KEY = 1024;
    private static final int LONGEST_SEGMENT = 255;

    /** Order by Unicode code points, which is that of UTF-8 bytes and of S3. */
    static final Comparator<String> ORDER = (a, b) -> {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int left = a.codePointAt(i);
            int right = b.codePointAt(i);
            if (left != right) {
                return Integer.compare(left, right);
            }
            i += Character.charCount(left);
        }
        return Integer.compare(a.length(), b.length());
    };

    private BlobKey() {}

    /**
     * @return the key itself
     * @throws IllegalArgumentException when it is none
     */
    public static String check(String key) {
        if (!isKey(key)) {
            throw new IllegalArgumentException("\"" + key + "\" is no key of an object.");
        }
        return key;
    }

    static boolean isKey(String key) {
        if (key.isEmpty() || bytes(key) > LONGEST_KEY) {
            return false;
        }
        for (String segment : key.split("/", -1)) {
            if (!isSegment(segment)) {
                return false;
            }
        }
        return true;
    }

    static boolean isSegment(String segment) {
        return !segment.isEmpty()
                && segment.charAt(0) != '.'
                && segment.indexOf('\\') < 0
                && segment.chars().noneMatch(Character::isISOControl)
                && bytes(segment) <= LONGEST_SEGMENT;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

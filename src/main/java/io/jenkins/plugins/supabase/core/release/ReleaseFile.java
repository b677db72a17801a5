package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One file of a release.
 *
 * @param path   as {@code supabase/migrations/20260901090000_create_polls.sql}, whatever the folder was called
 * @param size   in bytes
 * @param sha256 64 hex digits
 */
public record ReleaseFile(String path, long size, String sha256) {
    static final String PREFIX = "supabase/";
    /** What takes the place of bytes that are no text. */
    private static final char REPLACEMENT = '\uFFFD';

    /** By bytes, as {@code LC_ALL=C sort} does it. */
    static final Comparator<String> ORDER = (a, b) ->
            Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    public ReleaseFile {
        if (!isPath(path) || size < 0 || !Sha256.is(sha256)) {
            throw new IllegalArgumentException("\"" + path + "\" is no file of a release.");
        }
    }

    /** @return whether it stays below {@code supabase/} and means the same on every operating system */
    static boolean isPath(String path) {
        if (path == null
                || !path.startsWith(PREFIX)
                || path.indexOf(REPLACEMENT) >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(path)) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            boolean good = !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
            if (!good || segment.indexOf('\\') >= 0 || segment.chars().anyMatch(Character::isISOControl)) {
                return false;
            }
        }
        return true;
    }
}

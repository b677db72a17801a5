package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How releases are called: by their author, or after their commit. */
public final class ReleaseVersion {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int SHORT = 12;

    private ReleaseVersion() {}

    /** @return a sentence with the way out, or null when it can be used */
    public static String problem(String version) {
        return VERSION.matcher(version).matches() && !Sha256.is(version)
                ? null
                : "\"" + version + "\" is not a usable version: it starts with a letter or digit, has up to 100 letters,"
                        + " digits, dots, hyphens, underscores and plus signs, and is not itself a SHA-256.";
    }

    /** @throws DeliveryException when it cannot be used */
    static String check(String version) {
        String problem = problem(version);
        if (problem != null) {
            throw new DeliveryException(problem + " Nothing was changed. Choose another version, such as 1.4.0.");
        }
        return version;
    }

    /**
     * @param commit null where there is none
     * @return the commit's time in UTC and its hash; with a digest of the files where these are not the commit's
     */
    static String of(CommitFacts commit, boolean modified, List<ReleaseFile> files) {
        String content = modified || commit == null ? digest(files).substring(0, SHORT) : null;
        if (commit == null) {
            return "files-" + content;
        }
        String version = TIME.format(commit.committedAt()) + "-" + commit.hash().substring(0, SHORT);
        return modified ? version + "-modified-" + content : version;
    }

    private static String digest(List<ReleaseFile> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach(file -> lines.append(file.sha256()).append("  ").append(file.path()).append('\n'));
        return Sha256.of(lines.toString());
    }
}

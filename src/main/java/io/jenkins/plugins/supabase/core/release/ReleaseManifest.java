package io.jenkins.plugins.supabase.core.release;

import java.time.Instant;
import java.util.List;

/**
 * What a bundle says of itself in its {@code release.json}. All of it follows from the commit and the version, so that
 * building the same release again makes the same bytes; what may differ between two builds is in a {@link Publication}.
 *
 * @param version       names the release for people: see {@link ReleaseVersion}
 * @param commit        in full; null where the folder was under no version control that could be read
 * @param author        of the commit: name and mail address; null without a commit
 * @param committedAt   in whole seconds; null without a commit
 * @param modifiedFiles paths of what is not as the commit has it: changed, added and deleted files, sorted
 * @param files         sorted by the bytes of their paths
 */
public record ReleaseManifest(
        String version,
        String commit,
        String author,
        Instant committedAt,
        List<String> modifiedFiles,
        List<ReleaseFile> files) {
    /** Of bundles that this class describes. */
    public static final int FORMAT = 1;

    public ReleaseManifest {
        modifiedFiles = List.copyOf(modifiedFiles);
        files = List.copyOf(files);
    }

    /** @return whether it holds something else than the commit */
    public boolean modified() {
        return !modifiedFiles.isEmpty();
    }
}

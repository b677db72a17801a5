package io.jenkins.plugins.supabase.core.release;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A release on this machine.
 *
 * @param digest   SHA-256 of the bundle, 64 hex digits
 * @param manifest from inside the bundle
 * @param branch   where the commit was built from; null where that is not known
 * @param tool     what built it, such as {@code Supabase Delivery 1.0.0}
 * @param bundle   the file, {@code <digest>.zip}
 * @param size     of the bundle in bytes
 * @param notes    for the log: what a person should know of how it was built
 */
public record Release(
        String digest, ReleaseManifest manifest, String branch, String tool, Path bundle, long size, List<String> notes) {
    public Release {
        notes = List.copyOf(notes);
    }

    public String version() {
        return manifest.version();
    }

    /** @return the bundle's {@code release.json} */
    public String manifestJson() {
        return new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    }
}

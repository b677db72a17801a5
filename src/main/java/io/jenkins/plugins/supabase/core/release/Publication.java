package io.jenkins.plugins.supabase.core.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * That a version is this bundle, and who said so first: {@code releases/versions/<version>.json} in a destination. Written
 * once and never changed.
 *
 * @param digest      SHA-256 of the bundle, 64 hex digits
 * @param size        of the bundle in bytes
 * @param commit      null where none is known, as are branch, author and committedAt
 * @param modified    whether the bundle holds something else than the commit
 * @param tool        what built it
 * @param publishedBy a person or job; null where nobody is known
 * @param build       address of the build that did it; null where there was none
 */
public record Publication(
        String version,
        String digest,
        long size,
        String commit,
        String branch,
        String author,
        Instant committedAt,
        boolean modified,
        String tool,
        Instant publishedAt,
        String publishedBy,
        String build) {
    private static final int FORMAT = 1;

    static Publication of(Release release, Publisher publisher, Instant now) {
        ReleaseManifest manifest = release.manifest();
        return new Publication(
                manifest.version(),
                release.digest(),
                release.size(),
                manifest.commit(),
                release.branch(),
                manifest.author(),
                manifest.committedAt(),
                manifest.modified(),
                release.tool(),
                now,
                publisher.name(),
                publisher.build());
    }

    byte[] toJson() {
        return """
                {
                  "format": %d,
                  "version": %s,
                  "digest": "%s",
                  "size": %d,
                  "commit": %s,
                  "branch": %s,
                  "author": %s,
                  "committedAt": %s,
                  "modified": %s,
                  "tool": %s,
                  "publishedAt": %s,
                  "publishedBy": %s,
                  "build": %s
                }
                """
                .formatted(
                        FORMAT,
                        ManifestJson.text(version),
                        digest,
                        size,
                        ManifestJson.text(commit),
                        ManifestJson.text(branch),
                        ManifestJson.text(author),
                        ManifestJson.text(committedAt),
                        modified,
                        ManifestJson.text(tool),
                        ManifestJson.text(publishedAt),
                        ManifestJson.text(publishedBy),
                        ManifestJson.text(build))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IOException when it is none; its message says why, as a part of a sentence */
    static Publication read(byte[] json) throws IOException {
        JsonNode root = ManifestJson.object(json, FORMAT);
        String version = ManifestJson.string(root, "version");
        String digest = ManifestJson.string(root, "digest");
        if (version == null || ReleaseVersion.problem(version) != null || !Sha256.is(digest)) {
            throw new IOException("it names no version and SHA-256");
        }
        return new Publication(
                version,
                digest,
                root.path("size").asLong(-1),
                ManifestJson.string(root, "commit"),
                ManifestJson.string(root, "branch"),
                ManifestJson.string(root, "author"),
                ManifestJson.instant(root, "committedAt"),
                root.path("modified").asBoolean(),
                ManifestJson.string(root, "tool"),
                ManifestJson.instant(root, "publishedAt"),
                ManifestJson.string(root, "publishedBy"),
                ManifestJson.string(root, "build"));
    }
}

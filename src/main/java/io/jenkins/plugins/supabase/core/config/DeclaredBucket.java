package io.jenkins.plugins.supabase.core.config;

import java.util.List;

/**
 * A {@code [storage.buckets.<name>]} table. A member is null where it is undeclared.
 *
 * @param fileSizeLimit    in bytes; where undeclared, {@code storage.file_size_limit} if that is declared
 * @param allowedMimeTypes empty for any
 */
public record DeclaredBucket(String name, Boolean isPublic, Long fileSizeLimit, List<String> allowedMimeTypes) {
    public DeclaredBucket {
        allowedMimeTypes = allowedMimeTypes == null ? null : List.copyOf(allowedMimeTypes);
    }
}

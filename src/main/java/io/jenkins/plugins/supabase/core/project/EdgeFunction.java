package io.jenkins.plugins.supabase.core.project;

import java.util.List;

/**
 * One edge function with everything that is uploaded for it. Paths are relative to the folder that holds
 * {@code supabase/}, with forward slashes, as the Supabase CLI sends them.
 *
 * @param slug           its name in the project and in its URL
 * @param entrypointPath such as {@code supabase/functions/hello/index.ts}
 * @param importMapPath  of a {@code deno.json}, {@code deno.jsonc} or import map; null where there is none
 * @param staticPatterns globs of files that are uploaded although nothing imports them
 * @param verifyJwt      null where config.toml does not say: the platform's own setting then stays
 * @param files          every file once, sorted by name
 */
public record EdgeFunction(
        String slug,
        String entrypointPath,
        String importMapPath,
        List<String> staticPatterns,
        Boolean verifyJwt,
        List<SourceFile> files) {
    public EdgeFunction {
        staticPatterns = List.copyOf(staticPatterns);
        files = List.copyOf(files);
    }

    public long bytes() {
        return files.stream().mapToLong(SourceFile::size).sum();
    }
}

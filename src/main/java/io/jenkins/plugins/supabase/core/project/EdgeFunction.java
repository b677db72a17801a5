package io.jenkins.plugins.supabase.core.project;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    public EdgeFunction withVerifyJwt(Boolean other) {
        return new EdgeFunction(slug, entrypointPath, importMapPath, staticPatterns, other, files);
    }

    public EdgeFunction withSlug(String other) {
        return new EdgeFunction(other, entrypointPath, importMapPath, staticPatterns, verifyJwt, files);
    }

    public long bytes() {
        return files.stream().mapToLong(SourceFile::size).sum();
    }

    /**
     * Reads every file.
     *
     * @return SHA-256 over everything that is uploaded, 64 hex digits: equal exactly when an upload would be equal,
     *     wherever the project lies
     */
    public String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            // Every part is written with its length, so that no two different functions give the same bytes.
            try (DataOutputStream out =
                    new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha256))) {
                write(out, slug);
                write(out, entrypointPath);
                write(out, importMapPath == null ? "" : importMapPath);
                write(out, verifyJwt == null ? "" : verifyJwt.toString());
                out.writeInt(staticPatterns.size());
                for (String pattern : staticPatterns) {
                    write(out, pattern);
                }
                for (SourceFile file : files) {
                    write(out, file.name());
                    out.writeLong(file.size());
                    Files.copy(file.path(), out);
                }
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw Text.unreadable("A source file of the function " + slug, e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}

package io.jenkins.plugins.supabase.core.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a {@code supabase/} folder, file by file. */
final class ProjectOnDisk {
    final Path root;

    ProjectOnDisk(Path root) {
        this.root = root;
    }

    ProjectOnDisk with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    ProjectOnDisk with(String name, byte[] content) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A function that imports nothing. */
    ProjectOnDisk withFunction(String slug) {
        return with("supabase/functions/" + slug + "/index.ts", "Deno.serve(() => new Response('ok'));\n");
    }

    Path supabase() {
        return root.resolve("supabase");
    }

    SupabaseProject read() {
        return SupabaseProject.read(supabase());
    }

    EdgeFunction function(String slug) {
        return read().functions().stream()
                .filter(function -> function.slug().equals(slug))
                .findFirst()
                .orElseThrow();
    }
}

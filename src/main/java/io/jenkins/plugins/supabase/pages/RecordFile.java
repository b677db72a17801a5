package io.jenkins.plugins.supabase.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A record of a step, as JSON in the folder of the build; whoever reads it sees an old or a new one, never a half. */
final class RecordFile {
    private static final String FOLDER = "supabase-delivery";

    private final Path path;

    /** @param name of the file, without a folder */
    RecordFile(Path build, String name) {
        this.path = build.resolve(FOLDER).resolve(name);
    }

    void write(String json) throws IOException {
        Files.createDirectories(path.getParent());
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.writeString(next, json);
        Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return null if somebody deleted it */
    String read() throws IOException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}

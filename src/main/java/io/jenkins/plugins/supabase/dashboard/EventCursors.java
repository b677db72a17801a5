package io.jenkins.plugins.supabase.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** How far each place has the events of each environment; kept in a file. */
final class EventCursors {
    private final Path file;
    private final Properties positions = new Properties();

    EventCursors(Path file) throws IOException {
        this.file = file;
        try (InputStream in = Files.newInputStream(file)) {
            positions.load(in);
        } catch (NoSuchFileException e) {
            // Nothing was written yet.
        }
    }

    /** @return null where none is known of */
    synchronized EventPosition get(String sink, String environment) {
        return EventPosition.parse(positions.getProperty(key(sink, environment)));
    }

    synchronized void set(String sink, String environment, EventPosition position) throws IOException {
        positions.setProperty(key(sink, environment), position.toString());
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (OutputStream out = Files.newOutputStream(next)) {
            positions.store(out, null);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String key(String sink, String environment) {
        return sink + "/" + environment;
    }
}

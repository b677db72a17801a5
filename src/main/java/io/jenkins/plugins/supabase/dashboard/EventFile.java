package io.jenkins.plugins.supabase.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Files by turns, the newest called {@code supabase-events.0.log}. */
final class EventFile implements EventSink, AutoCloseable {
    private static final int MOST_BYTES = 10_000_000;
    private static final int FILES = 5;

    private final FileHandler handler;

    /** @param logs is created where it is missing */
    EventFile(Path logs) throws IOException {
        Files.createDirectories(logs);
        // A percent sign of the directory's own would be taken for a part of the pattern.
        String directory = logs.toString().replace("%", "%%");
        handler = new FileHandler(directory + "/supabase-events.%g.log", MOST_BYTES, FILES, true);
        handler.setEncoding(StandardCharsets.UTF_8.name());
        handler.setFormatter(new Formatter() {
            @Override
            public String format(LogRecord line) {
                return line.getMessage() + "\n";
            }
        });
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public void write(List<String> lines) {
        lines.forEach(line -> handler.publish(new LogRecord(Level.INFO, line)));
        handler.flush();
    }

    @Override
    public void close() {
        handler.close();
    }
}

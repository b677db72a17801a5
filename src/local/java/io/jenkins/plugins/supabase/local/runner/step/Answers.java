package io.jenkins.plugins.supabase.local.runner.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Lines that a person types. Reading starts with the first question, and waiting for a line can be interrupted. */
public final class Answers {
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final InputStream source;
    private boolean reading;

    public Answers(InputStream source) {
        this.source = source;
    }

    /** @return empty when there will be no more */
    Optional<String> next() throws InterruptedException {
        if (!reading) {
            reading = true;
            Thread reader = new Thread(this::read, "answers");
            reader.setDaemon(true);
            reader.start();
        }
        Optional<String> line = lines.take();
        if (line.isEmpty()) {
            lines.add(line);
        }
        return line;
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8))) {
            reader.lines().map(Optional::of).forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            // Nobody answers any more, which is what the end of the lines says.
        }
        lines.add(Optional.empty());
    }
}

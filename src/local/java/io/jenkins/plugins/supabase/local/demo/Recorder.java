package io.jenkins.plugins.supabase.local.demo;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes a run's log on and keeps it. */
final class Recorder extends OutputStream {
    private final PrintStream target;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Recorder(PrintStream target) {
        this.target = target;
    }

    @Override
    public synchronized void write(int b) {
        target.write(b);
        kept.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        target.write(bytes, offset, length);
        kept.write(bytes, offset, length);
    }

    @Override
    public void flush() {
        target.flush();
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}

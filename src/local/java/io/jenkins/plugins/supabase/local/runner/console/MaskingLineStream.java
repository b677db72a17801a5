package io.jenkins.plugins.supabase.local.runner.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes UTF-8 text on line by line, masked, so that a secret split over two writes is still found. */
final class MaskingLineStream extends OutputStream {
    /** A "line" longer than this is passed on in parts, so that memory does not grow with the output. */
    private static final int LONGEST_LINE = 1 << 20;

    private final PrintStream target;
    private final SecretMask mask;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    MaskingLineStream(PrintStream target, SecretMask mask) {
        this.target = target;
        this.mask = mask;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            writeLine();
            target.write('\n');
            target.flush();
        } else {
            line.write(b);
            if (line.size() >= LONGEST_LINE) {
                writeLine();
            }
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** Completes a last line that has no line break. */
    synchronized void endLine() {
        if (line.size() > 0) {
            write('\n');
        }
    }

    /** Shows an unfinished line, such as a question. */
    synchronized void showPartialLine() {
        writeLine();
        target.flush();
    }

    private void writeLine() {
        byte[] bytes = mask.apply(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        target.write(bytes, 0, bytes.length);
        line.reset();
    }
}

package io.jenkins.plugins.supabase.local.runner.console;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The log of a run, in the shape of a Jenkins console log. Everything that passes through it is masked. */
public final class Console {
    private final SecretMask mask = new SecretMask();
    private final MaskingLineStream lines;
    private final PrintStream log;

    public Console(PrintStream target) {
        this.lines = new MaskingLineStream(target, mask);
        this.log = new PrintStream(lines, false, StandardCharsets.UTF_8);
    }

    /** @return the stream behind the log; lines appear in it only when they are complete */
    public PrintStream log() {
        return log;
    }

    public SecretMask mask() {
        return mask;
    }

    public void line(String text) {
        log.print(text + "\n");
        log.flush();
    }

    /** What the pipeline does, as opposed to what its steps say. */
    public void pipeline(String what) {
        line("[Pipeline] " + what);
    }

    /** What this runner does differently from a controller. */
    public void note(String text) {
        line("[Local] " + text);
    }

    public void ask(String question) {
        log.print(question);
        log.flush();
        lines.showPartialLine();
    }

    public void endLine() {
        log.flush();
        lines.endLine();
    }
}

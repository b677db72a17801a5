package io.jenkins.plugins.supabase.core.management;

import java.io.IOException;

/** An answer has more bytes than are read into memory. */
final class AnswerTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLongException(long mostBytes) {
        super("an answer of more than %d MiB".formatted(mostBytes >> 20));
    }
}

package io.jenkins.plugins.supabase.local.standin;

/** Ends the handling of a request with an error answer. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    Refusal(int status, String message) {
        this(Reply.message(status, message));
    }

    Refusal(Reply reply) {
        super("HTTP " + reply.status(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}

package io.jenkins.plugins.supabase.local.runner.casc;

/** A configuration file that cannot be applied; the message says where. */
public final class CascException extends Exception {
    private static final long serialVersionUID = 1L;

    CascException(String place, String message) {
        super(place + ": " + message);
    }
}

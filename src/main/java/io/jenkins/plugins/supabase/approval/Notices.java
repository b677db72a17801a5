package io.jenkins.plugins.supabase.approval;

/** Tells people outside of Jenkins that a promotion waits for them, and what became of it. */
final class Notices {
    private Notices() {}

    static void waiting(Approval approval) {}

    static void halfway(Approval approval) {}

    static void decided(Approval approval) {}
}

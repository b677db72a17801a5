package io.jenkins.plugins.supabase.core.health;

/** What one probe found. */
public enum Verdict {
    HEALTHY,
    UNHEALTHY,
    /** Not asked: switched off, or the environment lacks what the probe needs. Says nothing about the service. */
    SKIPPED
}

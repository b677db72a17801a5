package io.jenkins.plugins.supabase.core.secret;

/**
 * A secret that is not as the last deployment left it.
 *
 * @param detail one sentence: what differs
 */
public record SecretDrift(String name, String detail) {}

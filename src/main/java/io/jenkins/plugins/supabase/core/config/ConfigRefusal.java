package io.jenkins.plugins.supabase.core.config;

/**
 * A change that the environment's policy does not allow.
 *
 * @param key    of {@code config.toml} or of the settings file
 * @param from   null where it is not set or may not be shown
 * @param to     null where it may not be shown
 * @param reason why, in a few words
 * @param remedy the way out
 */
public record ConfigRefusal(String key, String from, String to, String reason, String remedy) {
    @Override
    public String toString() {
        return "%s from %s to %s (%s)".formatted(key, from == null ? "****" : from, to == null ? "****" : to, reason);
    }
}

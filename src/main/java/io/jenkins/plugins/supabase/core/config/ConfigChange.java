package io.jenkins.plugins.supabase.core.config;

/**
 * One key of {@code config.toml} that is declared and differs from what the environment has.
 *
 * @param section of the Management API: auth, api, storage, realtime, database, pooler, network_restrictions, ssl
 * @param key     as {@code config.toml} spells it, dotted, such as {@code auth.minimum_password_length}
 * @param from    what the environment has, as text; null where it has none or the key is a secret
 * @param to      what it will have, as text; null where the key is a secret
 * @param secret  whether its values are shown only as "changed"
 * @param weakens whether the change lowers the security of the environment
 */
public record ConfigChange(String section, String key, String from, String to, boolean secret, boolean weakens) {}

package io.jenkins.plugins.supabase.core.config;

/**
 * A key of the release's {@code environments.yml} that differs.
 *
 * @param key  in the file, such as {@code max_connections}
 * @param sets what it really sets, such as {@code pooler.default_pool_size}
 */
public record SettingChange(String key, String sets, String from, String to) {}

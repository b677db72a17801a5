package io.jenkins.plugins.supabase.core.config;

import java.util.List;

/**
 * What a settings file of the release wants of one environment, beside {@code config.toml}.
 */
public final class DeclaredSettings {
    public static final DeclaredSettings NONE = new DeclaredSettings(List.of());

    private final List<Setting> settings;

    DeclaredSettings(List<Setting> settings) {
        this.settings = List.copyOf(settings);
    }

    /**
     * @param name in the file, such as {@code max_connections}
     * @param sets such as {@code pooler.default_pool_size}
     */
    record Setting(String name, String sets, DeclaredValue value) {}

    List<Setting> settings() {
        return settings;
    }
}

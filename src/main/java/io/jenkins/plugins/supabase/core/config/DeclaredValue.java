package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;

/** What a file of the release wants a field of the project's settings to be. */
final class DeclaredValue {
    private final ConfigKey key;
    private final JsonNode value;
    private final boolean hidden;
    private final String origin;

    /**
     * @param value  in the form of the API
     * @param hidden whether it comes from a credential
     * @param origin where it is declared, such as {@code supabase/config.toml line 12}
     */
    DeclaredValue(ConfigKey key, JsonNode value, boolean hidden, String origin) {
        this.key = key;
        this.value = value;
        this.hidden = hidden;
        this.origin = origin;
    }

    ConfigKey key() {
        return key;
    }

    /** @return not to be shown where {@link #isHidden()} */
    JsonNode value() {
        return value;
    }

    boolean isHidden() {
        return hidden || key.secret();
    }

    String origin() {
        return origin;
    }

    @Override
    public String toString() {
        return key.key() + " in " + origin;
    }
}

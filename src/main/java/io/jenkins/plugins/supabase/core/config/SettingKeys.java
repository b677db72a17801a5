package io.jenkins.plugins.supabase.core.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The table {@code settings-keys.txt}: what each key of {@code environments.yml} sets. */
final class SettingKeys {
    static final SettingKeys ALL = new SettingKeys();

    private final Map<String, ConfigKey> keys = new LinkedHashMap<>();

    private SettingKeys() {
        for (String line : ConfigKeys.lines("settings-keys.txt")) {
            String[] words = line.split("\\s+");
            keys.put(words[0], words[1].equals("=")
                    ? ConfigKeys.ALL.find(words[2]).orElseThrow()
                    : ConfigKeys.key(words));
        }
    }

    /** @param name dotted, such as {@code rate_limits.email_sent} */
    Optional<ConfigKey> find(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    Map<String, ConfigKey> all() {
        return Map.copyOf(keys);
    }
}

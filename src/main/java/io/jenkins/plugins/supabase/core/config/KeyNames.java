package io.jenkins.plugins.supabase.core.config;

import java.util.List;

/** Checks keys of {@code config.toml} that somebody wrote down elsewhere. */
public final class KeyNames {
    private KeyNames() {}

    /**
     * @param key dotted, such as {@code auth.minimum_password_length}
     * @return a sentence with the name that was probably meant, or null for a key that exists
     */
    public static String problem(String key) {
        List<String> path = List.of(key.split("\\.", -1));
        if (ConfigKeys.ALL.isKnown(path)) {
            return null;
        }
        return "\"" + key + "\" is no key of config.toml"
                + ConfigKeys.ALL.nearest(path).map(near -> "; did you mean \"" + near + "\"?").orElse(".");
    }
}

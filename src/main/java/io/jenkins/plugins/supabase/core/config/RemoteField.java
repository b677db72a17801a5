package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A field of the API as people know it.
 *
 * @param name the key of {@code config.toml} or of the settings file that sets it, or its section and own name where
 *             there is none
 * @param type null where there is none
 */
record RemoteField(String name, ValueType type, boolean secret) {
    static final String NOT_SET = "not set";
    static final String HMAC = "hmac:";

    /** Fields that no key sets may be secret too. */
    private static final Pattern SECRET =
            Pattern.compile(".*_(secret|secrets|pass|auth_token|access_key|api_key|api_secret)");

    static RemoteField of(ConfigSection section, String field) {
        boolean secret = SECRET.matcher(field).matches();
        return Stream.concat(ConfigKeys.ALL.keys().stream(), SettingKeys.ALL.all().values().stream())
                .filter(key -> key.section() == section && field.equals(key.field()))
                .filter(key -> key.type().namesItsField())
                .findFirst()
                .map(key -> new RemoteField(key.key(), key.type(), key.secret() || secret))
                .orElseGet(() -> new RemoteField(section.label() + "." + field, null, secret));
    }

    String fingerprint(JsonNode value, String projectRef, boolean hidden) {
        if (value.isNull() || (secret && value.asText().isEmpty())) {
            return NOT_SET;
        }
        boolean shownAsHmac = secret && Fingerprints.isHmac(value.asText());
        if (shownAsHmac) {
            return HMAC + value.asText();
        }
        return secret || hidden ? HMAC + Fingerprints.hmac(projectRef, value.toString()) : show(value);
    }

    String show(JsonNode value) {
        if (value.isNull()) {
            return NOT_SET;
        }
        return type == null ? value.toString() : type.show(value);
    }
}

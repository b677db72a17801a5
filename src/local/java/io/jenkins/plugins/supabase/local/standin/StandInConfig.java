package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A project's settings, one JSON object a section, with the defaults that a new project was recorded with. */
public final class StandInConfig {
    private static final Pattern SECRET_KEY =
            Pattern.compile(".*_(secret|secrets|pass|auth_token|access_key|api_key|api_secret)");

    /** Sections as the paths of the Management API divide the settings. */
    public enum Section {
        AUTH,
        POSTGREST,
        STORAGE,
        REALTIME,
        POSTGRES,
        POOLER
    }

    private final String ref;
    private final ObjectNode sections = (ObjectNode) Json.resource("config-defaults.json");

    StandInConfig(String ref) {
        this.ref = ref;
    }

    /** @return a copy; secrets in clear, which the API never gives back */
    public synchronized ObjectNode section(Section section) {
        return sections.withObject("/" + section.name().toLowerCase(Locale.ROOT)).deepCopy();
    }

    /** @return the section as the API shows it: secrets as an HMAC of their value */
    ObjectNode shown(Section section) {
        ObjectNode copy = section(section);
        for (Map.Entry<String, JsonNode> field : copy.properties()) {
            if (isSecret(field.getKey()) && field.getValue().isTextual() && !field.getValue().asText().isEmpty()) {
                field.setValue(copy.textNode(Digests.hmacSha256(ref, field.getValue().asText())));
            }
        }
        return copy;
    }

    /** Sets these keys and leaves the others; objects within are merged too. */
    public synchronized void merge(Section section, JsonNode changes) {
        merge(sections.withObject("/" + section.name().toLowerCase(Locale.ROOT)), changes);
    }

    /** Sets these keys and forgets the others. */
    synchronized void replace(Section section, ObjectNode values) {
        sections.set(section.name().toLowerCase(Locale.ROOT), values);
    }

    private static void merge(ObjectNode target, JsonNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (target.get(change.getKey()) instanceof ObjectNode inner && change.getValue().isObject()) {
                merge(inner, change.getValue());
            } else {
                target.set(change.getKey(), change.getValue().deepCopy());
            }
        }
    }

    private static boolean isSecret(String key) {
        return SECRET_KEY.matcher(key).matches();
    }
}

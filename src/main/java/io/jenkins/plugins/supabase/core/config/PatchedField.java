package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.management.ConfigSection;

/** Whether a field that was written is what it was written to be. */
final class PatchedField {
    private PatchedField() {}

    static boolean isAsWanted(ConfigSection section, String field, JsonNode wanted, RemoteConfig now) {
        JsonNode has = now.value(section, field);
        RemoteField named = RemoteField.of(section, field);
        boolean readBack = now.section(section).containsKey(field) || wanted.isNull();
        if (!readBack) {
            // Not among what can be read: the API took it, and there is no more to know.
            return !named.secret();
        }
        if (wanted.isNull() || wanted.asText("").isEmpty() && !wanted.isArray()) {
            return ListTypes.entries(has).isEmpty();
        }
        if (named.secret()) {
            return Fingerprints.isHmac(has.asText())
                    ? has.asText().equals(Fingerprints.hmac(now.projectRef(), wanted.asText()))
                    : !has.isNull();
        }
        return named.type() == null ? ValueType.equal(wanted, has) : named.type().same(wanted, has);
    }
}

package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Takes the settings out of the answer to reading one section, and leaves secrets and addresses behind. */
final class SectionAnswer {
    private static final List<String> POOLER_SETTINGS = List.of("pool_mode", "default_pool_size");

    private SectionAnswer() {}

    /** @return empty where the answer has not the form that the OpenAPI document gives it */
    static Optional<ObjectNode> settings(ConfigSection section, JsonNode answer) {
        return switch (section) {
            case API -> object(answer).map(settings -> settings.without("jwt_secret"));
            case POOLER -> primary(answer);
            case NETWORK -> object(answer.path("config"));
            case SSL -> object(answer.path("currentConfig"));
            default -> object(answer);
        };
    }

    private static Optional<ObjectNode> object(JsonNode node) {
        return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    /** The answer lists one pooler a database; read replicas have their own, which is no setting of the project. */
    private static Optional<ObjectNode> primary(JsonNode poolers) {
        for (JsonNode pooler : poolers) {
            if (pooler.path("database_type").asText().equals("PRIMARY")) {
                return object(pooler).map(settings -> settings.retain(POOLER_SETTINGS));
            }
        }
        return Optional.empty();
    }
}

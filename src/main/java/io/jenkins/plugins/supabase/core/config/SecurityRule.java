package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Which change of a value lowers the security of an environment. */
enum SecurityRule {
    NONE("") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return false;
        }
    },
    OFF("off") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return from.asBoolean() && !to.asBoolean();
        }
    },
    ON("on") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return !from.asBoolean() && to.asBoolean();
        }
    },
    LOWER("lower") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return !from.isNull() && to.asDouble() < from.asDouble();
        }
    },
    HIGHER("higher") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return !from.isNull() && to.asDouble() > from.asDouble();
        }
    },
    /** Where 0 means that there is no limit at all. */
    HIGHER_OR_NONE("higher-0") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return limit(to) > limit(from);
        }

        private double limit(JsonNode value) {
            return value.asDouble() == 0 ? Double.POSITIVE_INFINITY : value.asDouble();
        }
    },
    MORE_ENTRIES("more") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return !added(from, to).isEmpty();
        }
    },
    WILDER_ENTRIES("wildcards") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return added(from, to).stream().anyMatch(Addresses::hasWildcardHost);
        }
    },
    WIDER_NETWORK("wider") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return !from.isNull() && Network.wider(ListTypes.entries(to), ListTypes.entries(from));
        }
    },
    PRESENT("present") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return !added(from, to).isEmpty();
        }
    },
    /** Triggers and foreign keys do not fire for a replica. */
    REPLICA("is-replica") {
        @Override
        boolean lowers(JsonNode from, JsonNode to) {
            return to.asText().equals("replica") && !from.asText().equals("replica");
        }
    };

    private final String name;

    SecurityRule(String name) {
        this.name = name;
    }

    static SecurityRule of(String name) {
        for (SecurityRule rule : values()) {
            if (rule.name.equals(name)) {
                return rule;
            }
        }
        throw new IllegalArgumentException(name);
    }

    /**
     * @param from what the environment has, in the meaning of {@link ValueType#meaning}; a null node where it has none
     * @param to   likewise, what it will have
     */
    abstract boolean lowers(JsonNode from, JsonNode to);

    private static Set<String> added(JsonNode from, JsonNode to) {
        Set<String> added = new HashSet<>(ListTypes.entries(to));
        ListTypes.entries(from).forEach(added::remove);
        return added;
    }
}

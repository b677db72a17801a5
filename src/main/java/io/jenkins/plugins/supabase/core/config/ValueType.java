package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a value of {@code config.toml} becomes one of the Management API, how two of the API's are compared, and how one
 * reads for a person, in the words of {@code config.toml}.
 */
abstract class ValueType {
    private final String expected;

    ValueType(String expected) {
        this.expected = expected;
    }

    /** @param name as {@code config-keys.txt} spells it, with its arguments after a colon */
    static ValueType of(String name) {
        String[] parts = name.split(":", 2);
        return switch (parts[0]) {
            case "text" -> new Text();
            case "boolean" -> new Flag(false);
            case "inverted" -> new Flag(true);
            case "integer" -> new Whole();
            case "digits" -> new Digits();
            case "seconds" -> new Seconds();
            case "hours" -> new Hours();
            case "bytes" -> new Bytes();
            case "csv" -> new ListTypes.Csv(false);
            case "csv-set" -> new ListTypes.Csv(true);
            case "cidr4" -> new ListTypes.Networks(false);
            case "cidr6" -> new ListTypes.Networks(true);
            case "enum" -> new OneOf(List.of(parts[1].split(",")));
            case "password-characters" -> new SpecialTypes.PasswordCharacters();
            case "pairs" -> new ListTypes.Pairs();
            case "file" -> new SpecialTypes.Content();
            case "off-is-blank" -> new SpecialTypes.OffIsBlank();
            case "chooses" -> new SpecialTypes.Chooses(parts[1]);
            case "none" -> new SpecialTypes.None();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** @return how a value must look, as it reads after "must be" */
    String expected() {
        return expected;
    }

    /**
     * @param declared a value of TOML or YAML: Boolean, Long, Double, String, a List or a Map of these; a text where it
     *                 came from a variable
     * @return what the API is sent; empty where this value sets nothing
     * @throws IllegalArgumentException where the value is none of this type; its message is not shown
     */
    abstract Optional<JsonNode> encode(Object declared);

    /** @param remote may be null or a null node */
    boolean same(JsonNode declared, JsonNode remote) {
        return remote != null && plain(declared).equals(plain(remote));
    }

    /** @return what rules of security look at: true for "on" whatever the API calls it, a rank for requirements */
    JsonNode meaning(JsonNode api) {
        return api;
    }

    /** Whether its key is the one that people know the field by: some fields are set by several keys. */
    boolean namesItsField() {
        return true;
    }

    String show(JsonNode api) {
        return api.isTextual() ? '"' + api.asText() + '"' : plain(api);
    }

    /** Numbers are equal whatever their representation. */
    static boolean equal(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? plain(a).equals(plain(b)) : a.equals(b);
    }

    /** The API answers some numbers as texts. */
    private static String plain(JsonNode node) {
        return node.isNumber() ? node.decimalValue().stripTrailingZeros().toPlainString() : node.asText();
    }

    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException();
    }

    static boolean flag(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        return switch (text(value).strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    static long whole(Object value) {
        long number = value instanceof Long given ? given : Long.parseLong(text(value).strip());
        if (number < 0) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static final class Text extends ValueType {
        Text() {
            super("a text");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            return Optional.of(TextNode.valueOf(text(declared)));
        }
    }

    private static final class Flag extends ValueType {
        private final boolean inverted;

        Flag(boolean inverted) {
            super("true or false");
            this.inverted = inverted;
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            return Optional.of(BooleanNode.valueOf(flag(declared) != inverted));
        }

        @Override
        boolean same(JsonNode declared, JsonNode remote) {
            boolean off = remote == null || remote.isNull();
            return off ? !declared.asBoolean() : declared.asBoolean() == remote.asBoolean();
        }

        @Override
        JsonNode meaning(JsonNode api) {
            return api.isNull() ? api : BooleanNode.valueOf(api.asBoolean() != inverted);
        }

        @Override
        String show(JsonNode api) {
            return meaning(api).asText();
        }
    }

    private static final class Whole extends ValueType {
        Whole() {
            super("a whole number that is not negative");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            return Optional.of(LongNode.valueOf(whole(declared)));
        }
    }

    /** A number that the API wants as a text. */
    private static final class Digits extends ValueType {
        private static final long LARGEST_PORT = 65535;

        Digits() {
            super("a port, from 1 to 65535");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            long port = whole(declared);
            if (port < 1 || port > LARGEST_PORT) {
                throw new IllegalArgumentException();
            }
            return Optional.of(TextNode.valueOf(Long.toString(port)));
        }

        @Override
        String show(JsonNode api) {
            return api.asText();
        }
    }

    private static final class Seconds extends ValueType {
        Seconds() {
            super("a duration such as \"60s\" or \"1m30s\"");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            return Optional.of(LongNode.valueOf(Durations.parse(text(declared)).toSeconds()));
        }

        @Override
        String show(JsonNode api) {
            return api.isNumber() ? '"' + Durations.show(Duration.ofSeconds(api.asLong())) + '"' : api.asText();
        }
    }

    private static final class Hours extends ValueType {
        Hours() {
            super("a duration such as \"24h\" or \"90m\"");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            long millis = Durations.parse(text(declared)).toMillis();
            boolean integral = millis % (long) Durations.MILLIS_PER_HOUR == 0;
            return Optional.of(integral
                    ? LongNode.valueOf(millis / (long) Durations.MILLIS_PER_HOUR)
                    : JsonNodeFactory.instance.numberNode(millis / Durations.MILLIS_PER_HOUR));
        }

        /** None is no limit, which 0 is too. */
        @Override
        boolean same(JsonNode declared, JsonNode remote) {
            double has = remote == null ? 0 : remote.asDouble();
            return Math.abs(declared.asDouble() - has) * Durations.MILLIS_PER_HOUR < 1000;
        }

        @Override
        String show(JsonNode api) {
            long millis = Math.round(api.asDouble() * Durations.MILLIS_PER_HOUR);
            return '"' + Durations.show(Duration.ofMillis(millis)) + '"';
        }
    }

    private static final class Bytes extends ValueType {
        Bytes() {
            super("a size such as \"50MiB\"");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            long bytes = declared instanceof Long number ? number : Sizes.parse(text(declared));
            return Optional.of(LongNode.valueOf(bytes));
        }

        @Override
        String show(JsonNode api) {
            return '"' + Sizes.show(api.asLong()) + '"';
        }
    }

    private static final class OneOf extends ValueType {
        private final List<String> allowed;

        OneOf(List<String> allowed) {
            super("one of " + String.join(", ", allowed));
            this.allowed = allowed;
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            if (!allowed.contains(text(declared))) {
                throw new IllegalArgumentException();
            }
            return Optional.of(TextNode.valueOf(text(declared)));
        }
    }
}

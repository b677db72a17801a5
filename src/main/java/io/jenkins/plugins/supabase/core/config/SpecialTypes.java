package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;

/** Types that one key or one family of keys has to itself. */
final class SpecialTypes {
    private SpecialTypes() {}

    /** Named sets of characters, which the API spells out. */
    static final class PasswordCharacters extends ValueType {
        private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
        private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        private static final String DIGITS = "0123456789";
        private static final String SYMBOLS = "!@#$%^&*()_+-=[]{};'\\\\:\"|<>?,./`~";
        private static final List<String> NAMES = List.of(
                "", "letters_digits", "lower_upper_letters_digits", "lower_upper_letters_digits_symbols");
        private static final List<String> CHARACTERS = List.of(
                "",
                LOWER + UPPER + ":" + DIGITS,
                String.join(":", LOWER, UPPER, DIGITS),
                String.join(":", LOWER, UPPER, DIGITS, SYMBOLS));

        PasswordCharacters() {
            super("empty or one of " + String.join(", ", NAMES.subList(1, NAMES.size())));
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            int index = NAMES.indexOf(ValueType.text(declared));
            if (index < 0) {
                throw new IllegalArgumentException();
            }
            return Optional.of(TextNode.valueOf(CHARACTERS.get(index)));
        }

        @Override
        boolean same(JsonNode declared, JsonNode remote) {
            return declared.asText().equals(remote == null || remote.isNull() ? "" : remote.asText());
        }

        @Override
        JsonNode meaning(JsonNode api) {
            int index = CHARACTERS.indexOf(api.isNull() ? "" : api.asText());
            return index < 0 ? NullNode.getInstance() : LongNode.valueOf(index);
        }

        @Override
        String show(JsonNode api) {
            int index = CHARACTERS.indexOf(api.asText());
            return '"' + (index < 0 ? api.asText() : NAMES.get(index)) + '"';
        }
    }

    /** A file's text: too long to be shown. */
    static final class Content extends ValueType {
        Content() {
            super("the path of a text file");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            return Optional.of(TextNode.valueOf(ValueType.text(declared)));
        }

        @Override
        String show(JsonNode api) {
            String text = api.asText();
            return "%d characters (sha256 %s)".formatted(text.length(), Fingerprints.sha256(text).substring(0, 12));
        }
    }

    /** Off is an empty text; on sets nothing, because another key holds the text. */
    static final class OffIsBlank extends ValueType {
        OffIsBlank() {
            super("true or false");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            return ValueType.flag(declared) ? Optional.empty() : Optional.of(TextNode.valueOf(""));
        }

        @Override
        boolean same(JsonNode declared, JsonNode remote) {
            return ListTypes.entries(remote).isEmpty();
        }

        @Override
        boolean namesItsField() {
            return false;
        }

        @Override
        String show(JsonNode api) {
            return Boolean.toString(!ListTypes.entries(api).isEmpty());
        }
    }

    /** One of several tables can be enabled; the API wants its name. None can be switched off. */
    static final class Chooses extends ValueType {
        private final String choice;

        Chooses(String choice) {
            super("true or false");
            this.choice = choice;
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            return ValueType.flag(declared) ? Optional.of(TextNode.valueOf(choice)) : Optional.empty();
        }

        @Override
        boolean namesItsField() {
            return false;
        }

        @Override
        String show(JsonNode api) {
            return api.asText().equals(choice) ? "true" : "false (" + api.asText() + ")";
        }
    }

    /** Has no field: it only decides whether its table counts. */
    static final class None extends ValueType {
        None() {
            super("true or false");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            ValueType.flag(declared);
            return Optional.empty();
        }
    }
}

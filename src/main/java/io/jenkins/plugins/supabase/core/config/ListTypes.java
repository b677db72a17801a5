package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Types of several values: most of them the API wants as one text with commas. */
final class ListTypes {
    /** What the API answers as the exposed schemas while the Data API is off; the CLI 3.1.0 knows it too. */
    private static final String NO_SCHEMAS = "pg_pgrst_no_exposed_schemas";

    private ListTypes() {}

    /** @return of a declared list, or of a text with commas that came from a variable */
    static List<String> texts(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ValueType::text).map(String::strip).toList();
        }
        String text = ValueType.text(value);
        return text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    /** @return the entries of the API's list or text with commas; empty for null */
    static List<String> entries(JsonNode api) {
        if (api == null || api.isNull()) {
            return List.of();
        }
        if (api.isArray()) {
            return StreamSupport.stream(api.spliterator(), false).map(JsonNode::asText).toList();
        }
        return api.asText().equals(NO_SCHEMAS) ? List.of() : texts(api.asText());
    }

    static final class Csv extends ValueType {
        private final boolean unordered;

        Csv(boolean unordered) {
            super("a list of texts without commas");
            this.unordered = unordered;
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            List<String> texts = texts(declared);
            if (texts.stream().anyMatch(text -> text.isEmpty() || text.contains(","))) {
                throw new IllegalArgumentException();
            }
            return Optional.of(TextNode.valueOf(String.join(",", texts)));
        }

        @Override
        boolean same(JsonNode declared, JsonNode remote) {
            List<String> wanted = entries(declared);
            List<String> has = entries(remote);
            return unordered ? new TreeSet<>(wanted).equals(new TreeSet<>(has)) : wanted.equals(has);
        }

        @Override
        String show(JsonNode api) {
            return entries(api).toString();
        }
    }

    static final class Networks extends ValueType {
        private final boolean six;

        Networks(boolean six) {
            super(six ? "a list of IPv6 networks such as \"2001:db8::/32\"" : "a list of IPv4 networks such as "
                    + "\"203.0.113.0/24\"");
            this.six = six;
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            List<String> networks = texts(declared);
            if (networks.stream().map(Network::of).anyMatch(network -> network.isIpv6() != six)) {
                throw new IllegalArgumentException();
            }
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            networks.forEach(array::add);
            return Optional.of(array);
        }

        @Override
        boolean same(JsonNode declared, JsonNode remote) {
            return remote != null && new TreeSet<>(entries(declared)).equals(new TreeSet<>(entries(remote)));
        }

        @Override
        String show(JsonNode api) {
            return entries(api).toString();
        }
    }

    /** A table whose entries the API wants as {@code key=value,key=value}. */
    static final class Pairs extends ValueType {
        private static final Pattern PAIRS = Pattern.compile("([^,=]+=[^,=]+)(,[^,=]+=[^,=]+)*");

        Pairs() {
            super("a table of texts without commas and equals signs");
        }

        @Override
        Optional<JsonNode> encode(Object declared) {
            if (declared instanceof String text && PAIRS.matcher(text).matches()) {
                return Optional.of(TextNode.valueOf(text));
            }
            if (!(declared instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException();
            }
            return Optional.of(TextNode.valueOf(map.entrySet().stream()
                    .map(entry -> part(entry.getKey()) + "=" + part(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(","))));
        }

        private static String part(Object value) {
            String text = ValueType.text(value);
            if (text.contains(",") || text.contains("=")) {
                throw new IllegalArgumentException();
            }
            return text;
        }

        @Override
        boolean same(JsonNode declared, JsonNode remote) {
            return new TreeSet<>(entries(declared)).equals(new TreeSet<>(entries(remote)));
        }
    }
}

package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML with the lines of its values; resolves anchors and merge keys, and makes no objects but these. */
final class YamlTree {
    private static final String MERGE = "<<";
    private static final int DEEPEST = 20;

    private final String file;
    private final YAMLParser parser;
    private final Map<String, YamlNode> anchors = new LinkedHashMap<>();

    private YamlTree(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * @param file how messages call it
     * @return an empty mapping where the text is empty
     * @throws DeliveryException where it is no YAML, or a key stands twice in one mapping
     */
    static YamlNode read(String text, String file) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            YamlTree tree = new YamlTree(file, parser);
            if (parser.nextToken() == null) {
                return new YamlNode(Map.of(), 1);
            }
            YamlNode root = tree.node(0);
            if (parser.nextToken() != null) {
                throw tree.problem(tree.line(), "a second document begins here; one file holds one");
            }
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw problem(file, where == null ? 0 : where.getLineNr(), "this is no YAML");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private YamlNode node(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw problem(line(), "nested too deeply");
        }
        String anchor = parser.getObjectId() == null ? null : parser.getObjectId().toString();
        YamlNode node = switch (parser.currentToken()) {
            case START_OBJECT -> mapping(depth);
            case START_ARRAY -> list(depth);
            default -> parser.isCurrentAlias() ? anchored(parser.getText()) : scalar();
        };
        if (anchor != null) {
            anchors.put(anchor, node);
        }
        return node;
    }

    private YamlNode anchored(String name) {
        YamlNode node = anchors.get(name);
        if (node == null) {
            throw problem(line(), "there is no anchor &" + name + " before this");
        }
        return new YamlNode(node.value(), node.line());
    }

    private YamlNode scalar() throws IOException {
        Object value = switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> number();
            case VALUE_NUMBER_FLOAT -> fraction(parser.getDoubleValue());
            default -> parser.getText();
        };
        return new YamlNode(value, line());
    }

    private Object number() throws IOException {
        try {
            return parser.getLongValue();
        } catch (JsonProcessingException e) {
            return parser.getText();
        }
    }

    /** JSON Schema counts 15.0 as an integer. */
    private static Object fraction(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE;
        return whole ? (Object) (long) value : (Object) value;
    }

    private YamlNode list(int depth) throws IOException {
        int line = line();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new YamlNode(items, line);
    }

    private YamlNode mapping(int depth) throws IOException {
        int line = line();
        Map<String, YamlNode> own = new LinkedHashMap<>();
        Map<String, YamlNode> merged = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line();
            parser.nextToken();
            YamlNode value = node(depth + 1);
            if (key.equals(MERGE)) {
                merge(value, merged);
            } else if (own.put(key, value) != null) {
                throw problem(keyLine, key + " stands twice");
            }
        }
        merged.forEach(own::putIfAbsent);
        return new YamlNode(own, line);
    }

    private void merge(YamlNode value, Map<String, YamlNode> merged) {
        if (value.value() instanceof List) {
            value.items().forEach(item -> merge(item, merged));
        } else if (value.value() instanceof Map) {
            value.entries().forEach(merged::putIfAbsent);
        } else {
            throw problem(value.line(), "<< merges mappings only");
        }
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private DeliveryException problem(int line, String what) {
        return problem(file, line, what);
    }

    private static DeliveryException problem(String file, int line, String what) {
        return new DeliveryException(
                "%s line %d: %s. Nothing was changed. Correct the file.".formatted(file, line, what));
    }
}

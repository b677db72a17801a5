package io.jenkins.plugins.supabase.local.runner.casc;

import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Items;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Mapping;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Text;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML file as a tree of mappings, lists and texts; makes no objects of whatever types the file names. */
final class YamlReader {
    /** Deeper than any configuration; an alias that contains itself would never end. */
    private static final int DEEPEST = 50;

    private final String fileName;

    private YamlReader(Path file) {
        this.fileName = file.getFileName().toString();
    }

    static YamlNode read(Path file) throws CascException {
        YamlReader reader = new YamlReader(file);
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .compose(new StringReader(Files.readString(file)));
            return root == null ? new Mapping(file.toString(), Map.of(), Map.of()) : reader.node(root, 0);
        } catch (CharacterCodingException e) {
            throw new CascException(file.toString(), "the file is not UTF-8");
        } catch (IOException e) {
            throw new CascException(
                    file.toString(), "the file cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (MarkedYAMLException e) {
            throw new CascException(
                    reader.fileName + ", line " + (e.getProblemMark().getLine() + 1) + ", column "
                            + (e.getProblemMark().getColumn() + 1),
                    "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new CascException(reader.fileName, "not YAML: " + e.getMessage());
        }
    }

    private YamlNode node(Node node, int depth) throws CascException {
        String place = place(node);
        if (depth > DEEPEST) {
            throw new CascException(place, "nested too deeply");
        }
        if (node instanceof ScalarNode scalar) {
            return new Text(place, scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue());
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(node(item, depth + 1));
            }
            return new Items(place, items);
        }
        return mapping((MappingNode) node, place, depth);
    }

    private YamlNode mapping(MappingNode node, String place, int depth) throws CascException {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        Map<String, YamlNode> inherited = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new CascException(place(tuple.getKeyNode()), "a key is a plain text");
            }
            YamlNode value = node(tuple.getValueNode(), depth + 1);
            if (key.getTag().equals(Tag.MERGE)) {
                inherit(value, inherited, places);
            } else if (entries.put(key.getValue(), value) != null) {
                throw new CascException(place(key), "the key '" + key.getValue() + "' is there twice");
            } else {
                places.put(key.getValue(), place(key));
            }
        }
        inherited.forEach(entries::putIfAbsent);
        return new Mapping(place, entries, places);
    }

    private static void inherit(YamlNode value, Map<String, YamlNode> inherited, Map<String, String> places)
            throws CascException {
        List<YamlNode> sources = value instanceof Items items ? items.items() : List.of(value);
        for (YamlNode source : sources) {
            if (!(source instanceof Mapping mapping)) {
                throw new CascException(value.place(), "'<<' takes mappings");
            }
            mapping.entries().forEach(inherited::putIfAbsent);
            mapping.keyPlaces().forEach(places::putIfAbsent);
        }
    }

    private String place(Node node) {
        return fileName + ", line " + (node.getStartMark().getLine() + 1);
    }
}

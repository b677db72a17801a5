package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A tree of dotted names, in which {@code *} stands for any word, and at the end of a name for any words. */
final class KnownNames {
    private static final String ANY = "*";

    private final Node root = new Node();
    /** By their last word, to find a key that stands in the wrong table. */
    private final Map<String, TreeSet<String>> byLastWord = new HashMap<>();

    private static final class Node {
        private final Map<String, Node> children = new TreeMap<>();

        Node child(String word) {
            Node exact = children.get(word);
            return exact == null ? children.get(ANY) : exact;
        }

        boolean endsInAnything() {
            Node any = children.get(ANY);
            return any != null && any.children.isEmpty();
        }
    }

    void add(String name) {
        String[] words = name.split("\\.");
        Node node = root;
        for (String word : words) {
            node = node.children.computeIfAbsent(word, missing -> new Node());
        }
        if (!name.contains(ANY)) {
            byLastWord.computeIfAbsent(words[words.length - 1], missing -> new TreeSet<>()).add(name);
        }
    }

    /** Whether this is a name, or a table that holds one. */
    boolean contains(List<String> path) {
        Node node = root;
        for (String word : path) {
            Node next = node.child(word);
            if (next == null) {
                return false;
            }
            if (node.endsInAnything() && !node.children.containsKey(word)) {
                return true;
            }
            node = next;
        }
        return true;
    }

    Optional<String> nearest(List<String> path) {
        Node node = root;
        List<String> words = new ArrayList<>();
        for (String word : path) {
            Node next = node.child(word);
            if (next == null) {
                List<String> siblings = node.children.keySet().stream().filter(name -> !name.equals(ANY)).toList();
                Optional<String> near = NearestName.of(word, siblings);
                return near.isPresent() ? near.map(name -> dotted(words, name, path)) : elsewhere(path);
            }
            words.add(word);
            node = next;
        }
        return elsewhere(path);
    }

    /** @return the whole key with the word put right, or only as far as it was wrong where the rest is unknown too */
    private String dotted(List<String> words, String right, List<String> path) {
        List<String> corrected = new ArrayList<>(words);
        corrected.add(right);
        List<String> whole = new ArrayList<>(corrected);
        whole.addAll(path.subList(corrected.size(), path.size()));
        return String.join(".", contains(whole) ? whole : corrected);
    }

    private Optional<String> elsewhere(List<String> path) {
        TreeSet<String> candidates = byLastWord.get(path.get(path.size() - 1));
        if (candidates == null) {
            return Optional.empty();
        }
        return candidates.stream().filter(name -> name.startsWith(path.get(0) + ".")).findFirst();
    }
}

package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Puts in the place of each symbolic link what it leads to: a release holds files alone. */
final class SymbolicLinks {
    private static final int MOST_STEPS = 40;
    private static final int LONGEST_PATH = 4096;

    private final Path folder;
    private final Map<String, ByteSource> files;
    private final Map<String, String> links;

    private SymbolicLinks(Path folder, SourceTree tree) {
        this.folder = folder;
        this.files = tree.files();
        this.links = tree.links();
    }

    /** @throws DeliveryException when a link leads out of the folder, in a circle, or to nothing that is released */
    static void resolve(Path folder, SourceTree tree) {
        new SymbolicLinks(folder, tree).resolve();
    }

    private void resolve() {
        int before;
        do {
            before = files.size();
            links.keySet().forEach(this::replace);
            // What a link to a folder brought along may hold what another link leads to.
        } while (files.size() > before);
        for (String link : links.keySet()) {
            if (!files.containsKey(link) && files.keySet().stream().noneMatch(path -> path.startsWith(link + "/"))) {
                throw refused(link, "which is nothing that a release holds");
            }
        }
    }

    private void replace(String link) {
        String target = real(link, MOST_STEPS, link);
        if (files.containsKey(target)) {
            files.put(link, files.get(target));
            return;
        }
        String inside = target.isEmpty() ? "" : target + "/";
        if ((link + "/").startsWith(inside)) {
            throw refused(link, "a folder that the link itself is in");
        }
        Map<String, ByteSource> brought = new TreeMap<>();
        files.forEach((path, source) -> {
            if (path.startsWith(inside)) {
                brought.put(link + "/" + path.substring(inside.length()), source);
            }
        });
        if (brought.keySet().stream().anyMatch(path -> path.length() > LONGEST_PATH)) {
            throw refused(link, "which leads round in a circle");
        }
        files.putAll(brought);
    }

    /** @return where a path is after following every link on its way */
    private String real(String path, int steps, String link) {
        if (steps == 0) {
            throw refused(link, "which leads round in a circle");
        }
        String at = "";
        String[] segments = path.split("/");
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            if (segment.equals("..")) {
                if (at.isEmpty()) {
                    throw refused(link, "which is outside of the folder");
                }
                at = parent(at);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                at = at.isEmpty() ? segment : at + "/" + segment;
                String target = links.get(at);
                if (target != null) {
                    if (target.startsWith("/") || target.matches("[A-Za-z]:.*")) {
                        throw refused(link, "which is outside of the folder");
                    }
                    String rest = String.join("/", Arrays.copyOfRange(segments, i + 1, segments.length));
                    return real(parent(at) + "/" + target + "/" + rest, steps - 1, link);
                }
            }
        }
        return at;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private DeliveryException refused(String link, String why) {
        return new DeliveryException(
                ("The release of %s was not built: %s is a symbolic link to %s, %s. Nothing was changed. Put the file itself "
                                + "there, or let the link lead to a file inside the folder.")
                        .formatted(folder, link, links.get(link), why));
    }
}

package io.jenkins.plugins.supabase.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes from the full signature lists of Jenkins' jars the part that {@link ConformanceTest} needs: the types that
 * src/jenkins-api declares and what those inherit from. Run in the project's directory, straight from source:
 *
 * <pre>java src/test/java/io/jenkins/plugins/supabase/conformance/RefreshSignatures.java DIRECTORY</pre>
 *
 * <p>DIRECTORY holds a text file a jar, with the lines that {@link SignatureList} reads. One file alone on purpose:
 * it must run while the tests do not compile.
 */
class RefreshSignatures {
    private static final Path DECLARED = Path.of("src/jenkins-api/java");
    private static final Path KEPT = Path.of("src/test/resources/jenkins-api");
    private static final Pattern TYPE = Pattern.compile("^(?:[a-z]+ )*(?:class|interface|@interface|enum|record) (\\S+)"
            + "(?: extends (\\S+))?(?: implements (\\S+))?.*");

    /** A type's lines, as they stand in a file of the full lists. */
    private record Block(Path file, List<String> supertypes, StringBuilder text) {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: RefreshSignatures DIRECTORY-OF-THE-FULL-LISTS");
            System.exit(2);
        }
        Map<Path, String> headers = new LinkedHashMap<>();
        Map<String, Block> blocks = new LinkedHashMap<>();
        for (Path list : files(Path.of(arguments[0]), ".txt")) {
            read(list, headers, blocks);
        }
        write(headers, blocks, wanted(blocks));
    }

    private static void read(Path list, Map<Path, String> headers, Map<String, Block> blocks) throws IOException {
        Block current = null;
        for (String line : Files.readAllLines(list)) {
            Matcher type = TYPE.matcher(line);
            if (line.startsWith("#")) {
                headers.merge(list.getFileName(), line + "\n", String::concat);
            } else if (type.matches()) {
                List<String> supertypes = Stream.of(type.group(2), type.group(3))
                        .filter(names -> names != null)
                        .flatMap(names -> Stream.of(names.split(",")))
                        .toList();
                current = new Block(list.getFileName(), supertypes, new StringBuilder(line).append('\n'));
                blocks.put(type.group(1), current);
            } else if (current != null) {
                current.text().append(line).append('\n');
            }
        }
    }

    private static Set<String> wanted(Map<String, Block> blocks) throws IOException {
        Set<String> declared = new HashSet<>();
        for (Path source : files(DECLARED, ".java")) {
            String name = DECLARED.relativize(source).toString();
            declared.add(name.substring(0, name.length() - ".java".length()).replaceAll("[/\\\\]", "."));
        }
        Deque<String> open = new ArrayDeque<>(blocks.keySet().stream()
                .filter(name -> declared.contains(name.replaceFirst("\\$.*", "")))
                .toList());
        Set<String> wanted = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.pop();
            if (blocks.containsKey(name) && wanted.add(name)) {
                open.addAll(blocks.get(name).supertypes());
            }
        }
        return wanted;
    }

    private static void write(Map<Path, String> headers, Map<String, Block> blocks, Set<String> wanted)
            throws IOException {
        Files.createDirectories(KEPT);
        for (Path old : files(KEPT, ".txt")) {
            Files.delete(old);
        }
        for (Map.Entry<Path, String> header : headers.entrySet()) {
            StringBuilder text = new StringBuilder(header.getValue());
            int before = text.length();
            blocks.forEach((name, block) -> {
                if (wanted.contains(name) && block.file().equals(header.getKey())) {
                    text.append(block.text());
                }
            });
            if (text.length() > before) {
                Files.writeString(KEPT.resolve(header.getKey().toString()), text);
            }
        }
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }
}

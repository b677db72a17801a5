package io.jenkins.plugins.supabase.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads signature lists: a line a type, then an indented line for each field (F), constructor (C) and method (M). */
final class SignatureList {
    private static final String QUOTED_OR_WORD = "(\"(?:[^\"\\\\]|\\\\.)*\"|\\{[^}]*}|\\S+)";
    private static final Pattern TYPE = Pattern.compile("^((?:[a-z]+ )*)(class|interface|@interface|enum|record) (\\S+)"
            + "(?: extends (\\S+))?(?: implements (\\S+))?(?: permits \\S+)?(?: sig=(\\S+))?(?<tail> @.*)?$");
    private static final Pattern METHOD = Pattern.compile("^  [CM] ((?:[a-z]+ )*)([^( ]+)(\\(\\S*)"
            + "(?: throws (\\S+))?(?: default=" + QUOTED_OR_WORD + ")?(?: sig=(\\S+))?(?<tail> @.*)?$");
    private static final Pattern FIELD = Pattern.compile("^  F "
            + "((?:(?:public|protected|static|final|volatile|transient|enum) )*)(\\S+) (\\S+)"
            + "(?: = " + QUOTED_OR_WORD + ")?(?: sig=(\\S+))?(?<tail> @.*)?$");
    private static final Pattern ANNOTATION =
            Pattern.compile("@[\\w.$]+(?:\\((?:[^()\"]|\"(?:[^\"\\\\]|\\\\.)*\")*\\))?");

    private SignatureList() {}

    static Map<String, TypeSignature> readAll(Path directory) throws IOException {
        Map<String, TypeSignature> types = new HashMap<>();
        try (Stream<Path> lists = Files.list(directory)) {
            for (Path list : lists.sorted().toList()) {
                types.putAll(read(Files.readAllLines(list)));
            }
        }
        return types;
    }

    static Map<String, TypeSignature> read(List<String> lines) {
        Map<String, TypeSignature> types = new HashMap<>();
        TypeSignature type = null;
        for (String line : lines) {
            if (line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                MemberSignature member = member(line);
                type.members().put(member.key(), member);
            } else {
                type = type(line);
                types.put(type.name(), type);
            }
        }
        return types;
    }

    private static TypeSignature type(String line) {
        Matcher matcher = match(TYPE, line);
        boolean ofInterface = matcher.group(2).endsWith("interface");
        String interfaces = matcher.group(ofInterface ? 4 : 5);
        return new TypeSignature(
                matcher.group(3),
                matcher.group(2),
                words(matcher.group(1), " "),
                ofInterface ? null : matcher.group(4),
                interfaces == null ? List.of() : List.of(interfaces.split(",")),
                matcher.group(6),
                annotations(matcher.group("tail")),
                new LinkedHashMap<>());
    }

    private static MemberSignature member(String line) {
        if (line.startsWith("  F")) {
            Matcher matcher = match(FIELD, line);
            return new MemberSignature(
                    matcher.group(2),
                    matcher.group(3),
                    words(matcher.group(1), " "),
                    matcher.group(5),
                    matcher.group(4),
                    Set.of(),
                    annotations(matcher.group("tail")));
        }
        Matcher matcher = match(METHOD, line);
        return new MemberSignature(
                matcher.group(2),
                matcher.group(3),
                words(matcher.group(1), " "),
                matcher.group(6),
                matcher.group(5),
                words(matcher.group(4), ","),
                annotations(matcher.group("tail")));
    }

    private static Matcher match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line of a signature list: " + line);
        }
        return matcher;
    }

    private static Set<String> words(String text, String separator) {
        return text == null || text.isBlank() ? Set.of() : Set.of(text.strip().split(separator));
    }

    private static Set<String> annotations(String tail) {
        Set<String> annotations = new HashSet<>();
        if (tail != null) {
            Matcher matcher = ANNOTATION.matcher(tail);
            while (matcher.find()) {
                annotations.add(matcher.group());
            }
        }
        return annotations;
    }
}

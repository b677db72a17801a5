package io.jenkins.plugins.supabase.core.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One {@code .gitignore}, for where there is no git to ask: gitignore(5), so that a file that was kept out of the
 * repository stays out of the release, too.
 */
final class IgnoreFile {
    private record Rule(Pattern path, boolean folderOnly, boolean ignores) {}

    private final Path folder;
    private final List<Rule> rules = new ArrayList<>();

    private IgnoreFile(Path folder) {
        this.folder = folder;
    }

    /** @param file there need not be one; its patterns are relative to the folder */
    static IgnoreFile read(Path file, Path folder) throws IOException {
        IgnoreFile ignore = new IgnoreFile(folder);
        if (Files.isRegularFile(file)) {
            // Any encoding: a pattern that is not UTF-8 fits no name that can be released.
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().forEach(ignore::add);
        }
        return ignore;
    }

    /** @return whether a file or folder is ignored; null where no line speaks of it */
    Boolean decides(Path file, boolean isFolder) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        Boolean decision = null;
        for (Rule rule : rules) {
            if ((isFolder || !rule.folderOnly()) && rule.path().matcher(path).matches()) {
                decision = rule.ignores();
            }
        }
        return decision;
    }

    private void add(String line) {
        String pattern = withoutTrailingSpaces(line);
        if (pattern.isEmpty() || pattern.startsWith("#")) {
            return;
        }
        boolean ignores = !pattern.startsWith("!");
        pattern = ignores ? pattern : pattern.substring(1);
        boolean folderOnly = pattern.endsWith("/");
        pattern = folderOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean anchored = pattern.contains("/");
        pattern = pattern.startsWith("/") ? pattern.substring(1) : pattern;
        if (!pattern.isEmpty()) {
            String regex = (anchored ? "" : "(?:.*/)?") + regex(pattern);
            rules.add(new Rule(Pattern.compile(regex, Pattern.DOTALL), folderOnly, ignores));
        }
    }

    private static String withoutTrailingSpaces(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
            end--;
        }
        return line.substring(0, end);
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i) && (i == 0 || pattern.charAt(i - 1) == '/')) {
                regex.append("(?:.*/)?");
                i += 3;
            } else if (pattern.startsWith("/**", i) && i + 3 == pattern.length()) {
                regex.append("/.*");
                i += 3;
            } else if (c == '*') {
                regex.append("[^/]*");
                i++;
            } else if (c == '?') {
                regex.append("[^/]");
                i++;
            } else if (c == '[' && pattern.indexOf(']', i + 2) > 0) {
                int end = pattern.indexOf(']', i + 2);
                regex.append(set(pattern.substring(i + 1, end)));
                i = end + 1;
            } else {
                int literal = c == '\\' && i + 1 < pattern.length() ? i + 1 : i;
                regex.append(Pattern.quote(pattern.substring(literal, literal + 1)));
                i = literal + 1;
            }
        }
        return regex.toString();
    }

    private static String set(String inside) {
        boolean not = inside.startsWith("!") || inside.startsWith("^");
        String members = (not ? inside.substring(1) : inside).replaceAll("[\\[\\]&^\\\\]", "\\\\$0");
        return "(?!/)[" + (not ? "^" : "") + members + "]";
    }
}

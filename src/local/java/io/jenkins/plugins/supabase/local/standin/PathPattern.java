package io.jenkins.plugins.supabase.local.standin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A method and a path such as {@code GET /v1/projects/{ref}/health}. {@code *} and {@code {name}} stand for one
 * segment, a final {@code **} for the rest; the method {@code *} for any.
 */
final class PathPattern {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}|\\*\\*|\\*");

    private final String text;
    private final String method;
    private final Pattern path;
    private final List<String> names = new ArrayList<>();

    PathPattern(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("A pattern is a method and a path, not: " + text);
        }
        this.text = text;
        this.method = text.substring(0, space);
        this.path = Pattern.compile(toRegex(text.substring(space + 1).trim()));
    }

    /** @return the values of the named segments; empty where the request is another */
    Optional<Map<String, String>> match(String requestMethod, String requestPath) {
        if (!method.equals("*") && !method.equals(requestMethod)) {
            return Optional.empty();
        }
        Matcher matcher = path.matcher(requestPath);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            values.put(name, matcher.group(name));
        }
        return Optional.of(values);
    }

    private String toRegex(String template) {
        StringBuilder regex = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int position = 0;
        while (placeholder.find()) {
            regex.append(Pattern.quote(template.substring(position, placeholder.start())));
            regex.append(group(placeholder));
            position = placeholder.end();
        }
        return regex.append(Pattern.quote(template.substring(position))).toString();
    }

    private String group(Matcher placeholder) {
        String name = placeholder.group(1);
        if (name != null) {
            names.add(name);
            return "(?<" + name + ">[^/]+)";
        }
        return placeholder.group().equals("**") ? ".*" : "[^/]+";
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.jenkins.plugins.supabase.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;

/** Writes annotations and constants as the lists do: simple names, no spaces, e.g. {@code @Target({METHOD,FIELD})}. */
final class AnnotationText {
    private AnnotationText() {}

    static String of(AnnotationNode node) {
        String name = "@" + simpleName(Type.getType(node.desc).getClassName());
        if (node.values == null || node.values.isEmpty()) {
            return name;
        }
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < node.values.size(); i += 2) {
            arguments.add(node.values.get(i) + "=" + value(node.values.get(i + 1)));
        }
        if (arguments.size() == 1 && arguments.get(0).startsWith("value=")) {
            return name + "(" + arguments.get(0).substring("value=".length()) + ")";
        }
        return name + "(" + String.join(",", arguments) + ")";
    }

    /** Null for null. */
    static String value(Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof String text) {
            return quoted(text);
        } else if (value instanceof String[] enumConstant) {
            return enumConstant[1];
        } else if (value instanceof Type type) {
            return simpleName(type.getClassName()) + ".class";
        } else if (value instanceof AnnotationNode annotation) {
            return of(annotation);
        } else if (value instanceof List<?> list) {
            String elements = list.stream().map(AnnotationText::value).collect(Collectors.joining(","));
            return list.size() == 1 ? elements : "{" + elements + "}";
        }
        return value instanceof Long ? value + "L" : value.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String simpleName(String className) {
        return className.replaceFirst(".*[.$]", "");
    }
}

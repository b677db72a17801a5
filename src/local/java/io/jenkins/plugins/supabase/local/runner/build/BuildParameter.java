package io.jenkins.plugins.supabase.local.runner.build;

import hudson.AbortException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A parameter that a pipeline or an input declares. */
public record BuildParameter(Kind kind, String name, Object defaultValue, List<String> choices, String description) {
    /** The kinds there are, by the symbol that declares them. */
    public enum Kind {
        STRING("string"),
        TEXT("text"),
        BOOLEAN("booleanParam"),
        CHOICE("choice"),
        PASSWORD("password");

        private final String symbol;

        Kind(String symbol) {
            this.symbol = symbol;
        }

        public static List<String> symbols() {
            return java.util.Arrays.stream(values()).map(kind -> kind.symbol).toList();
        }

        private static Kind of(String symbol) throws AbortException {
            for (Kind kind : values()) {
                if (kind.symbol.equals(symbol)) {
                    return kind;
                }
            }
            throw new AbortException("The local runner has no parameter '" + symbol + "', only " + symbols()
                    + NearestName.hint(symbol, symbols()));
        }
    }

    public static final List<String> ARGUMENTS = List.of("name", "defaultValue", "description", "choices", "trim");

    public static BuildParameter of(String symbol, Map<String, ?> arguments) throws AbortException {
        Kind kind = Kind.of(symbol);
        Object name = arguments.get("name");
        if (name == null || name.toString().isBlank()) {
            throw new AbortException("A parameter declared with " + symbol + "(…) has no name");
        }
        List<String> choices = kind == Kind.CHOICE ? choices(name, arguments.get("choices")) : List.of();
        Object description = arguments.get("description");
        return new BuildParameter(
                kind,
                name.toString(),
                defaultValue(kind, choices, arguments.get("defaultValue")),
                choices,
                description == null ? "" : description.toString());
    }

    private static List<String> choices(Object name, Object given) throws AbortException {
        List<String> choices = new ArrayList<>();
        if (given instanceof Collection<?> list) {
            list.forEach(choice -> choices.add(String.valueOf(choice)));
        } else if (given != null) {
            given.toString().lines().forEach(choices::add);
        }
        if (choices.isEmpty()) {
            throw new AbortException("The choice parameter '" + name + "' has no choices");
        }
        return choices;
    }

    private static Object defaultValue(Kind kind, List<String> choices, Object given) {
        return switch (kind) {
            case BOOLEAN -> given != null && Boolean.parseBoolean(given.toString());
            case CHOICE -> choices.get(0);
            default -> given == null ? "" : given.toString();
        };
    }

    /** @throws AbortException if the text is none of what the parameter allows */
    public Object parse(String text) throws AbortException {
        if (kind == Kind.BOOLEAN) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new AbortException("The parameter '" + name + "' is true or false, not '" + text + "'");
            }
            return Boolean.valueOf(text);
        }
        if (kind == Kind.CHOICE && !choices.contains(text)) {
            throw new AbortException("The parameter '" + name + "' is one of " + choices + ", not '" + text + "'"
                    + NearestName.hint(text, choices));
        }
        return text;
    }

    public String question() {
        String what = description.isEmpty() ? name : name + " (" + description + ")";
        String offer = kind == Kind.CHOICE ? " " + choices : "";
        return what + offer + (kind == Kind.PASSWORD ? ": " : " [" + defaultValue + "]: ");
    }
}

package io.jenkins.plugins.supabase.local.runner.declarative;

import io.jenkins.plugins.supabase.local.runner.binding.SymbolCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers of a stage's {@code input}, which are environment variables of that stage. */
final class InputValues {
    private InputValues() {}

    static Map<String, String> asVariables(Map<String, Object> arguments, Object given) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> several) {
            several.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        } else if (given != null) {
            variables.put(onlyName(arguments), given.toString());
        }
        return variables;
    }

    private static String onlyName(Map<String, Object> arguments) {
        if (arguments.get("parameters") instanceof List<?> declared
                && declared.size() == 1
                && declared.get(0) instanceof SymbolCall parameter) {
            return String.valueOf(parameter.arguments().get("name"));
        }
        return String.valueOf(arguments.get("submitterParameter"));
    }
}

package io.jenkins.plugins.supabase.local.runner.step;

import groovy.lang.Closure;
import hudson.AbortException;
import io.jenkins.plugins.supabase.local.runner.binding.SymbolCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How Groovy hands a step its arguments: {@code x()}, {@code x 'sole'}, {@code x(name: value)}, each perhaps
 * with a block.
 *
 * @param values by name; a sole one is under {@link SymbolCall#SOLE}
 * @param body   the block, or null
 */
record StepArguments(Map<String, Object> values, Closure<?> body) {
    static StepArguments of(String step, Object[] given) throws AbortException {
        List<Object> arguments = new ArrayList<>(Arrays.asList(given));
        Closure<?> body = null;
        if (!arguments.isEmpty() && arguments.get(arguments.size() - 1) instanceof Closure<?> closure) {
            body = closure;
            arguments.remove(arguments.size() - 1);
        }
        if (arguments.isEmpty()) {
            return new StepArguments(Map.of(), body);
        }
        if (arguments.size() > 1) {
            throw new AbortException(
                    "The step '" + step + "' takes one argument without a name, or arguments by name, but was"
                            + " given " + arguments.size() + " without names");
        }
        Object only = Groovy.plain(arguments.get(0));
        return new StepArguments(asNamed(only), body);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asNamed(Object only) {
        if (only instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        return java.util.Collections.singletonMap(SymbolCall.SOLE, only);
    }
}

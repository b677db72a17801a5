package io.jenkins.plugins.supabase.local.runner.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.supabase.local.runner.binding.SymbolCall;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Code;
import io.jenkins.plugins.supabase.local.runner.step.Groovy;
import java.util.List;
import java.util.Map;

/** Evaluates the code of a declarative pipeline in the compiled Jenkinsfile. */
final class Evaluator {
    private final List<Closure<?>> closures;

    Evaluator(List<Closure<?>> closures) {
        this.closures = closures;
    }

    Object value(Code code) throws Exception {
        return Groovy.plain(Groovy.call(closures.get(code.closure())));
    }

    String text(Code code) throws Exception {
        Object value = value(code);
        return value == null ? "" : value.toString();
    }

    /** @return arguments by name; a single value is under {@link SymbolCall#SOLE} */
    @SuppressWarnings("unchecked")
    Map<String, Object> arguments(Code code) throws Exception {
        Object value = value(code);
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of(SymbolCall.SOLE, value);
    }

    Closure<?> closure(Code code) {
        return closures.get(code.closure());
    }
}

package io.jenkins.plugins.supabase.local.runner.step;

import groovy.lang.Closure;
import hudson.AbortException;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.build.Scope;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One call of a step of the runner.
 *
 * @param arguments by name, of the types that the step's signature says; a missing one is absent
 * @param body      the block, or null
 */
public record StepCall(PipelineRun run, String step, Map<String, Object> arguments, Closure<?> body) {
    public Console console() {
        return run.console();
    }

    /** @return null if it was not given */
    public String text(String argument) {
        return (String) arguments.get(argument);
    }

    public String text(String argument, String otherwise) {
        String given = text(argument);
        return given == null ? otherwise : given;
    }

    public String required(String argument) throws AbortException {
        String given = text(argument);
        if (given == null) {
            throw new AbortException("The step '" + step + "' needs the argument '" + argument + "'");
        }
        return given;
    }

    public boolean flag(String argument, boolean otherwise) {
        Object given = arguments.get(argument);
        return given == null ? otherwise : (Boolean) given;
    }

    public long number(String argument, long otherwise) {
        Object given = arguments.get(argument);
        return given == null ? otherwise : ((Number) given).longValue();
    }

    public List<?> list(String argument) {
        Object given = arguments.get(argument);
        return given == null ? List.of() : (List<?>) given;
    }

    /** @throws AbortException outside {@code node}, as on a controller */
    public Path directory() throws AbortException {
        Path directory = run.scope().directory();
        if (directory == null) {
            throw MissingContext.of("hudson.FilePath", step);
        }
        return directory;
    }

    public Object runBody(Scope scope) throws Exception {
        return runBody(null, scope);
    }

    public Object runBody(String label, Scope scope) throws Exception {
        return run.block(label, scope, () -> Groovy.call(body));
    }
}

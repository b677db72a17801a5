package io.jenkins.plugins.supabase.local.runner.step;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * How a step is called.
 *
 * @param sole     the argument that may be given without its name, or null
 * @param takesBody whether a block follows
 */
public record Signature(String name, List<Parameter> parameters, String sole, boolean takesBody) {
    public static Signature of(String name) {
        return new Signature(name, List.of(), null, false);
    }

    /** Adds an argument; the first one is the sole argument. */
    public Signature with(String argument, Type type) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(argument, type));
        return new Signature(name, List.copyOf(more), sole == null ? argument : sole, takesBody);
    }

    public Signature andBody() {
        return new Signature(name, parameters, sole, true);
    }

    public List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }
}

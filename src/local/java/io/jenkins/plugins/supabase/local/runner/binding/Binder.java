package io.jenkins.plugins.supabase.local.runner.binding;

import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Makes describable objects of a pipeline step's arguments as Jenkins' structs plugin does: a missing argument becomes
 * null (or zero, or false), an unknown one only gives a warning.
 */
public final class Binder {
    private final Consumer<String> warnings;
    private final Coercion coercion = new Coercion(this);

    /** @param warnings takes a line for each class that was given arguments it does not have */
    public Binder(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    public <T> T instantiate(Class<T> type, Map<String, ?> given) throws Exception {
        DescribableModel model = DescribableModel.of(type);
        Map<String, Object> arguments = named(model, given);
        warnOfUnknown(model, arguments);
        T object = type.cast(construct(model, arguments));
        for (Attribute attribute : model.attributes()) {
            if (attribute instanceof Attribute.Optional optional && arguments.containsKey(attribute.name())) {
                set(model, optional, object, arguments.get(attribute.name()));
            }
        }
        return object;
    }

    /** @return {@code given} as a {@code type}, see {@link Coercion} */
    public Object coerce(Type type, Object given) throws Exception {
        return coercion.to(type, given);
    }

    private Object construct(DescribableModel model, Map<String, Object> arguments) throws Exception {
        Object[] values = model.attributes().stream()
                .filter(Attribute.OfConstructor.class::isInstance)
                .toArray();
        for (int i = 0; i < values.length; i++) {
            Attribute parameter = (Attribute) values[i];
            Object given = arguments.get(parameter.name());
            values[i] = coerce(model, parameter.name(), parameter.type(), given);
        }
        try {
            return model.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            throw causeOf(e);
        }
    }

    private void set(DescribableModel model, Attribute.Optional attribute, Object object, Object given)
            throws Exception {
        try {
            attribute.set(object, coerce(model, attribute.name(), attribute.type(), given));
        } catch (InvocationTargetException e) {
            throw causeOf(e);
        }
    }

    private Object coerce(DescribableModel model, String name, Type type, Object given) throws Exception {
        try {
            return coercion.to(type, given);
        } catch (BindingException e) {
            throw new BindingException(
                    "Argument '%s' of %s: %s".formatted(name, model.type().getSimpleName(), e.getMessage()));
        }
    }

    private static Map<String, Object> named(DescribableModel model, Map<String, ?> given) throws BindingException {
        Map<String, Object> arguments = new LinkedHashMap<>(given);
        if (arguments.containsKey(SymbolCall.SOLE)) {
            String name = model.soleRequired();
            if (name == null) {
                throw new BindingException("%s takes its arguments by name: %s"
                        .formatted(model.type().getSimpleName(), model.names()));
            }
            arguments.put(name, arguments.remove(SymbolCall.SOLE));
        }
        return arguments;
    }

    /** Jenkins' own words, and the name that was probably meant. */
    private void warnOfUnknown(DescribableModel model, Map<String, Object> arguments) {
        TreeSet<String> unknown = new TreeSet<>(arguments.keySet());
        unknown.removeAll(model.names());
        unknown.removeIf(name -> name.startsWith("$"));
        if (unknown.isEmpty()) {
            return;
        }
        StringBuilder warning = new StringBuilder("WARNING: Unknown parameter(s) found for class type '")
                .append(model.type().getName())
                .append("': ")
                .append(String.join(",", unknown));
        unknown.forEach(name -> NearestName.of(name, model.names())
                .ifPresent(nearest ->
                        warning.append(" (did you mean '").append(nearest).append("'?)")));
        warnings.accept(warning.toString());
    }

    private static Exception causeOf(InvocationTargetException e) {
        return e.getCause() instanceof Exception cause ? cause : e;
    }
}

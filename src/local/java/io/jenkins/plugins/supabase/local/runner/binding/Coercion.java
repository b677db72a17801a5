package io.jenkins.plugins.supabase.local.runner.binding;

import hudson.model.Describable;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the values of a Jenkinsfile or a configuration file into the types that a plugin declares. */
public final class Coercion {
    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            int.class, Integer.class,
            long.class, Long.class,
            short.class, Short.class,
            double.class, Double.class,
            float.class, Float.class,
            boolean.class, Boolean.class,
            char.class, Character.class,
            byte.class, Byte.class);

    private final Binder binder;

    Coercion(Binder binder) {
        this.binder = binder;
    }

    /** @return {@code given} as a {@code type}; null becomes zero or false where the type cannot hold null */
    public Object to(Type type, Object given) throws Exception {
        Class<?> raw = raw(type);
        if (given == null) {
            return raw.isPrimitive() ? Array.get(Array.newInstance(raw, 1), 0) : null;
        }
        if (raw == Object.class) {
            return given;
        }
        if (given instanceof CharSequence text) {
            return ofText(raw, type, text.toString());
        }
        if (given instanceof Number number && isNumber(box(raw))) {
            return number(box(raw), new BigDecimal(number.toString()), number);
        }
        if (given instanceof Collection<?> elements && isMany(raw)) {
            return many(type, raw, elements);
        }
        if (given instanceof Map<?, ?> map) {
            return ofMap(type, raw, map);
        }
        if (given instanceof SymbolCall call) {
            return ofSymbol(raw, call);
        }
        if (box(raw).isInstance(given)) {
            return given;
        }
        if (raw == String.class && (given instanceof Number || given instanceof Boolean)) {
            return given.toString();
        }
        throw mismatch(raw, given);
    }

    private Object ofText(Class<?> raw, Type type, String text) throws Exception {
        if (raw.isAssignableFrom(String.class)) {
            return text;
        }
        if (raw == Secret.class) {
            return Secret.fromString(text);
        }
        if (raw == Result.class) {
            return Result.fromString(text);
        }
        if (raw.isEnum()) {
            return constant(raw, text);
        }
        if (box(raw) == Boolean.class) {
            return Boolean.parseBoolean(text);
        }
        if (isNumber(box(raw))) {
            return parsed(box(raw), text);
        }
        if (isMany(raw)) {
            return many(type, raw, List.of(text));
        }
        if (Describable.class.isAssignableFrom(raw)) {
            return ofSymbol(raw, new SymbolCall(text, Map.of()));
        }
        throw mismatch(raw, text);
    }

    private static Object constant(Class<?> raw, String text) throws BindingException {
        List<String> names = Arrays.stream(raw.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
        for (Object constant : raw.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        throw new BindingException("'%s' is none of %s%s".formatted(text, names, NearestName.hint(text, names)));
    }

    private static Object parsed(Class<?> box, String text) throws BindingException {
        try {
            return number(box, new BigDecimal(text.trim()), text);
        } catch (NumberFormatException e) {
            throw mismatch(box, text);
        }
    }

    private static Object number(Class<?> box, BigDecimal value, Object given) throws BindingException {
        try {
            if (box == Integer.class) {
                return value.intValueExact();
            }
            if (box == Long.class) {
                return value.longValueExact();
            }
            if (box == Short.class) {
                return value.shortValueExact();
            }
            if (box == Byte.class) {
                return value.byteValueExact();
            }
            return box == Float.class ? (Object) value.floatValue() : (Object) value.doubleValue();
        } catch (ArithmeticException e) {
            throw mismatch(box, given);
        }
    }

    private Object many(Type type, Class<?> raw, Collection<?> elements) throws Exception {
        Type elementType = raw.isArray() ? arrayElement(type, raw) : typeArgument(type, 0);
        List<Object> coerced = new ArrayList<>();
        for (Object element : elements) {
            coerced.add(to(elementType, element));
        }
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), coerced.size());
            for (int i = 0; i < coerced.size(); i++) {
                Array.set(array, i, coerced.get(i));
            }
            return array;
        }
        return raw.isAssignableFrom(ArrayList.class) ? coerced : new LinkedHashSet<>(coerced);
    }

    private Object ofMap(Type type, Class<?> raw, Map<?, ?> map) throws Exception {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        if (raw.isAssignableFrom(LinkedHashMap.class) && !Describable.class.isAssignableFrom(raw)) {
            Map<Object, Object> coerced = new LinkedHashMap<>();
            for (Map.Entry<String, Object> entry : named.entrySet()) {
                coerced.put(to(typeArgument(type, 0), entry.getKey()), to(typeArgument(type, 1), entry.getValue()));
            }
            return coerced;
        }
        Object className = named.get("$class");
        if (className != null) {
            return binder.instantiate(classNamed(raw, className.toString()), named);
        }
        if (Describable.class.isAssignableFrom(raw)) {
            return binder.instantiate(raw, named);
        }
        throw mismatch(raw, map);
    }

    private Object ofSymbol(Class<?> raw, SymbolCall call) throws Exception {
        Map<String, Class<?>> symbols = Symbols.of(raw);
        Class<?> type = symbols.get(call.symbol());
        if (type == null) {
            throw new BindingException("no '%s' exists here; there are %s%s"
                    .formatted(call.symbol(), symbols.keySet(), NearestName.hint(call.symbol(), symbols.keySet())));
        }
        return binder.instantiate(type, call.arguments());
    }

    private static Class<?> classNamed(Class<?> raw, String name) throws BindingException {
        for (Class<?> candidate : Symbols.of(raw).values()) {
            if (candidate.getName().equals(name) || candidate.getSimpleName().equals(name)) {
                return candidate;
            }
        }
        throw new BindingException("no class '" + name + "' is known as a " + raw.getSimpleName());
    }

    private static boolean isMany(Class<?> raw) {
        return raw.isArray() || raw.isAssignableFrom(ArrayList.class) || raw == Set.class;
    }

    private static boolean isNumber(Class<?> box) {
        return Number.class.isAssignableFrom(box) && BOXES.containsValue(box);
    }

    private static Class<?> box(Class<?> raw) {
        return BOXES.getOrDefault(raw, raw);
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        return type instanceof GenericArrayType ? Object[].class : Object.class;
    }

    private static Type arrayElement(Type type, Class<?> raw) {
        return type instanceof GenericArrayType generic ? generic.getGenericComponentType() : raw.getComponentType();
    }

    private static Type typeArgument(Type type, int index) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[index]
                : Object.class;
    }

    private static BindingException mismatch(Class<?> wanted, Object given) {
        String shown = given instanceof CharSequence || given instanceof Number || given instanceof Boolean
                ? "'" + given + "'"
                : "a " + given.getClass().getSimpleName();
        return new BindingException(
                "expected %s, but was given %s".formatted(box(wanted).getSimpleName(), shown));
    }
}

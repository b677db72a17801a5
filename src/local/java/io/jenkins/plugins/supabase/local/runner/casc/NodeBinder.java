package io.jenkins.plugins.supabase.local.runner.casc;

import hudson.model.Describable;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.local.runner.binding.Attribute;
import io.jenkins.plugins.supabase.local.runner.binding.Binder;
import io.jenkins.plugins.supabase.local.runner.binding.DescribableModel;
import io.jenkins.plugins.supabase.local.runner.binding.Symbols;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Items;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Mapping;
import io.jenkins.plugins.supabase.local.runner.casc.YamlNode.Text;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes describable objects of a configuration file. Unlike in a Jenkinsfile, an unknown name is an error. */
final class NodeBinder {
    private final Variables variables;
    private final Binder binder = new Binder(warning -> {});

    NodeBinder(Variables variables) {
        this.variables = variables;
    }

    /** @param path of the object in the file, such as {@code unclassified.supabaseDelivery} */
    void configure(Object existing, Mapping mapping, String path) throws CascException {
        DescribableModel model = DescribableModel.ofExisting(existing.getClass());
        refuseUnknown(model, mapping, path);
        for (String key : mapping.keys()) {
            String inner = path + "." + key;
            Attribute.Optional attribute = (Attribute.Optional) model.attribute(key);
            set(
                    existing,
                    attribute,
                    value(mapping.get(key), attribute.type(), inner),
                    mapping.get(key).place(),
                    inner);
        }
    }

    private Object value(YamlNode node, Type type, String path) throws CascException {
        if (node instanceof Items items) {
            return items(items, type, path);
        }
        if (node instanceof Mapping mapping) {
            return describable(mapping, type, path);
        }
        Text text = (Text) node;
        String resolved = text.text() == null ? null : variables.resolve(text.text(), text.place());
        try {
            if (resolved != null && rawOf(type) == List.class && resolved.isEmpty()) {
                return List.of();
            }
            return binder.coerce(type, resolved);
        } catch (Exception e) {
            throw new CascException(text.place(), path + ": " + e.getMessage());
        }
    }

    private Object items(Items items, Type type, String path) throws CascException {
        if (rawOf(type) != List.class) {
            throw new CascException(items.place(), path + " takes a single value, but this is a list");
        }
        Type element = type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : String.class;
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            values.add(value(items.items().get(i), element, path + "[" + i + "]"));
        }
        return values;
    }

    private Object describable(Mapping mapping, Type type, String path) throws CascException {
        Class<?> raw = rawOf(type);
        if (!Describable.class.isAssignableFrom(raw)) {
            throw new CascException(
                    mapping.place(),
                    path + " takes " + (raw == List.class ? "a list" : "a single value") + ", but this is a mapping");
        }
        if (!Modifier.isAbstract(raw.getModifiers())) {
            return instantiate(raw, mapping, path);
        }
        Map<String, Class<?>> symbols = Symbols.of(raw);
        String symbol = mapping.keys().size() == 1 ? mapping.keys().iterator().next() : null;
        if (symbol == null || !symbols.containsKey(symbol)) {
            throw new CascException(
                    mapping.place(),
                    path + " takes one of " + symbols.keySet()
                            + (symbol == null
                                    ? ""
                                    : ", but this is '" + symbol + "'" + NearestName.hint(symbol, symbols.keySet())));
        }
        YamlNode inner = mapping.get(symbol);
        Mapping arguments = inner instanceof Mapping nested ? nested : new Mapping(inner.place(), Map.of(), Map.of());
        return instantiate(symbols.get(symbol), arguments, path + "." + symbol);
    }

    private Object instantiate(Class<?> type, Mapping mapping, String path) throws CascException {
        DescribableModel model = DescribableModel.of(type);
        refuseUnknown(model, mapping, path);
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : mapping.keys()) {
            values.put(key, value(mapping.get(key), model.attribute(key).type(), path + "." + key));
        }
        try {
            return binder.instantiate(type, values);
        } catch (Exception e) {
            throw new CascException(mapping.place(), path + ": " + e.getMessage());
        }
    }

    private static void refuseUnknown(DescribableModel model, Mapping mapping, String path) throws CascException {
        for (String key : mapping.keys()) {
            if (!model.names().contains(key)) {
                throw new CascException(
                        mapping.keyPlace(key),
                        path + " has no '" + key + "', only " + String.join(", ", new TreeSet<>(model.names()))
                                + NearestName.hint(key, model.names()));
            }
        }
    }

    private static void set(Object target, Attribute.Optional attribute, Object value, String place, String path)
            throws CascException {
        try {
            attribute.set(target, value);
        } catch (InvocationTargetException e) {
            throw new CascException(place, path + ": " + e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new CascException(place, path + " cannot be set: " + e);
        }
    }

    private static Class<?> rawOf(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }
}

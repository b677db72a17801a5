package io.jenkins.plugins.supabase.local.runner.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What can be set on a class, found as Jenkins' structs plugin finds it: the parameters of its
 * {@code @DataBoundConstructor} by name, then its {@code @DataBoundSetter} methods and fields.
 */
public final class DescribableModel {
    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();

    private DescribableModel(Class<?> type, Constructor<?> constructor) {
        this.type = type;
        this.constructor = constructor;
    }

    /** @throws IllegalArgumentException if the class cannot be bound at all, which is a fault of the plugin */
    public static DescribableModel of(Class<?> type) {
        DescribableModel model = new DescribableModel(type, dataBoundConstructor(type));
        for (Parameter parameter : model.constructor.getParameters()) {
            if (!parameter.isNamePresent()) {
                throw new IllegalArgumentException(type.getName() + " is not compiled with -parameters");
            }
            model.add(new Attribute.OfConstructor(parameter.getName(), parameter.getParameterizedType()));
        }
        model.addSetters(false);
        return model;
    }

    /** The model of an object that exists already: any property with a getter and a setter can be set on it. */
    public static DescribableModel ofExisting(Class<?> type) {
        DescribableModel model = new DescribableModel(type, null);
        model.addSetters(true);
        return model;
    }

    public Class<?> type() {
        return type;
    }

    public Set<String> names() {
        return attributes.keySet();
    }

    public Attribute attribute(String name) {
        return attributes.get(name);
    }

    public List<Attribute> attributes() {
        return List.copyOf(attributes.values());
    }

    /** @return the name of the argument that may be given without its name, or null */
    public String soleRequired() {
        List<Attribute> required = attributes.values().stream()
                .filter(Attribute.OfConstructor.class::isInstance)
                .toList();
        if (required.size() == 1) {
            return required.get(0).name();
        }
        return required.isEmpty() && attributes.size() == 1
                ? attributes.keySet().iterator().next()
                : null;
    }

    Constructor<?> constructor() {
        return constructor;
    }

    private void addSetters(boolean existing) {
        for (Class<?> owner : hierarchy()) {
            for (Field field : owner.getDeclaredFields()) {
                if (field.isAnnotationPresent(DataBoundSetter.class)) {
                    field.setAccessible(true);
                    add(new Attribute.OfField(field.getName(), field.getGenericType(), field));
                }
            }
            for (Method method : owner.getDeclaredMethods()) {
                if (isSetter(method)
                        && (method.isAnnotationPresent(DataBoundSetter.class) || existing && hasGetter(method))) {
                    method.setAccessible(true);
                    add(new Attribute.OfSetter(property(method), method.getGenericParameterTypes()[0], method));
                }
            }
        }
    }

    private void add(Attribute attribute) {
        attributes.putIfAbsent(attribute.name(), attribute);
    }

    private List<Class<?>> hierarchy() {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            classes.add(c);
        }
        return classes;
    }

    private boolean hasGetter(Method setter) {
        String suffix = setter.getName().substring("set".length());
        for (Method method : type.getMethods()) {
            boolean named =
                    method.getName().equals("get" + suffix) || method.getName().equals("is" + suffix);
            if (named && method.getParameterCount() == 0 && method.getReturnType() == setter.getParameterTypes()[0]) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSetter(Method method) {
        return method.getName().length() > "set".length()
                && method.getName().startsWith("set")
                && method.getParameterCount() == 1
                && Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !method.isBridge();
    }

    private static String property(Method setter) {
        return java.beans.Introspector.decapitalize(setter.getName().substring("set".length()));
    }

    private static Constructor<?> dataBoundConstructor(Class<?> type) {
        for (Constructor<?> candidate : type.getConstructors()) {
            if (candidate.isAnnotationPresent(DataBoundConstructor.class)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no public @DataBoundConstructor");
    }
}

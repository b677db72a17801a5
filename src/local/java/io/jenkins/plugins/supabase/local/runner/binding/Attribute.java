package io.jenkins.plugins.supabase.local.runner.binding;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** One thing that can be set on an object: an argument of its constructor, a setter, or a field. */
public sealed interface Attribute {
    String name();

    Type type();

    record OfConstructor(String name, Type type) implements Attribute {}

    record OfSetter(String name, Type type, Method setter) implements Optional {
        @Override
        public void set(Object target, Object value) throws ReflectiveOperationException {
            setter.invoke(target, value);
        }
    }

    record OfField(String name, Type type, Field field) implements Optional {
        @Override
        public void set(Object target, Object value) throws ReflectiveOperationException {
            field.set(target, value);
        }
    }

    /** An attribute that keeps its default when it is not set. */
    sealed interface Optional extends Attribute {
        /** @throws InvocationTargetException when the object refuses the value */
        void set(Object target, Object value) throws ReflectiveOperationException;
    }
}

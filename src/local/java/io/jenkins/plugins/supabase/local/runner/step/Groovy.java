package io.jenkins.plugins.supabase.local.runner.step;

import groovy.lang.Closure;
import groovy.lang.GString;
import groovy.lang.GroovyRuntimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerInvocationException;

/** The border between Groovy and Java. */
public final class Groovy {
    private Groovy() {}

    /** Calls a closure; what it throws comes out as it was thrown. */
    public static Object call(Closure<?> closure) throws Exception {
        try {
            return closure.call();
        } catch (Throwable thrown) {
            throw asException(unwrap(thrown));
        }
    }

    /** Calls a block that nothing in the Jenkinsfile surrounds: an error of its code ends it like any failure. */
    public static void callBlock(Closure<?> closure) throws Exception {
        try {
            call(closure);
        } catch (AssertionError | StackOverflowError | LinkageError e) {
            throw new ScriptError(e);
        }
    }

    public static Throwable unwrap(Throwable thrown) {
        boolean wrapper = thrown instanceof InvokerInvocationException
                || thrown.getClass() == GroovyRuntimeException.class
                || thrown instanceof java.lang.reflect.UndeclaredThrowableException;
        return wrapper && thrown.getCause() != null ? unwrap(thrown.getCause()) : thrown;
    }

    /** @return the value with every string that Groovy would still interpolate made a plain one */
    public static Object plain(Object value) {
        if (value instanceof GString text) {
            return text.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(String.valueOf(key), plain(element)));
            return plain;
        }
        if (value instanceof Collection<?> elements && !(value instanceof java.util.Set)) {
            List<Object> plain = new ArrayList<>();
            elements.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value;
    }

    /** @throws Error if that is what it is */
    public static Exception asException(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (Exception) thrown;
    }
}

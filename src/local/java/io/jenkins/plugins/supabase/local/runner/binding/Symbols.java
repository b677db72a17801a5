package io.jenkins.plugins.supabase.local.runner.binding;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;

/** The names that describable classes go by in a Jenkinsfile and in a configuration file. */
public final class Symbols {
    private Symbols() {}

    /** @return by symbol, every class with a descriptor that is a {@code type} */
    public static Map<String, Class<?>> of(Class<?> type) {
        Map<String, Class<?>> found = new LinkedHashMap<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            Symbol symbol = descriptor.getClass().getAnnotation(Symbol.class);
            if (symbol == null || !type.isAssignableFrom(descriptor.clazz)) {
                continue;
            }
            for (String name : symbol.value()) {
                found.put(name, descriptor.clazz);
            }
        }
        return found;
    }
}

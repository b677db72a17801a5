package io.jenkins.plugins.supabase.conformance;

import java.util.Set;

/**
 * What other code can see of a field, constructor or method.
 *
 * @param descriptor erased type or parameter and return types, as in class files
 * @param generics null when nothing about the member is generic
 * @param value a constant's value or an annotation element's default, as in the lists; null when there is none
 * @param exceptions declared ones
 */
record MemberSignature(
        String name,
        String descriptor,
        Set<String> modifiers,
        String generics,
        String value,
        Set<String> exceptions,
        Set<String> annotations) {

    String key() {
        return descriptor.startsWith("(") ? name + descriptor : name;
    }

    boolean isMethod() {
        return descriptor.startsWith("(");
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    boolean has(String modifier) {
        return modifiers.contains(modifier);
    }
}

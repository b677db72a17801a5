package io.jenkins.plugins.supabase.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What other code can see of a type.
 *
 * @param kind {@code class}, {@code interface}, {@code @interface}, {@code enum} or {@code record}
 * @param modifiers words of the language, e.g. {@code public}, {@code static}, {@code abstract}
 * @param superName null for interfaces
 * @param generics the generic signature of the class file format; null when nothing about the type is generic
 * @param annotations as written, without arguments' default values, e.g. {@code @Retention(RUNTIME)}
 * @param members public and protected ones by {@link MemberSignature#key()}
 */
record TypeSignature(
        String name,
        String kind,
        Set<String> modifiers,
        String superName,
        List<String> interfaces,
        String generics,
        Set<String> annotations,
        Map<String, MemberSignature> members) {

    boolean isInterface() {
        return kind.endsWith("interface");
    }

    boolean isVisible() {
        return modifiers.contains("public") || modifiers.contains("protected");
    }
}

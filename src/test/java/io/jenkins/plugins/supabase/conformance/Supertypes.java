package io.jenkins.plugins.supabase.conformance;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/** What listed types inherit, from other listed types and from the JDK. */
final class Supertypes {
    private final Map<String, TypeSignature> listed;

    Supertypes(Map<String, TypeSignature> listed) {
        this.listed = listed;
    }

    TypeSignature get(String name) {
        return listed.get(name);
    }

    /** @return all super classes and interfaces, the nearest first */
    Set<String> of(String name) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(direct(name));
        while (!open.isEmpty()) {
            String next = open.poll();
            if (found.add(next)) {
                open.addAll(direct(next));
            }
        }
        found.add("java.lang.Object");
        return found;
    }

    /** @return false too for exceptions of libraries, which are in no list: Jenkins' own ones are */
    boolean isCheckedException(String name) {
        Set<String> supertypes = of(name);
        return (supertypes.contains("java.lang.Exception") || name.equals("java.lang.Exception"))
                && !supertypes.contains("java.lang.RuntimeException")
                && !name.equals("java.lang.RuntimeException");
    }

    boolean inherits(TypeSignature type, MemberSignature member, Predicate<MemberSignature> fitting) {
        return of(type.name()).stream().anyMatch(ancestor -> {
            TypeSignature signature = listed.get(ancestor);
            if (signature == null) {
                return jdkMethods(ancestor)
                        .anyMatch(method -> key(method).equals(member.key()) && isFitting(method, member));
            }
            MemberSignature inherited = signature.members().get(member.key());
            return inherited != null
                    && inherited.descriptor().equals(member.descriptor())
                    && fitting.test(inherited);
        });
    }

    private Set<String> direct(String name) {
        Set<String> direct = new LinkedHashSet<>();
        TypeSignature type = listed.get(name);
        if (type != null) {
            Stream.concat(Stream.ofNullable(type.superName()), type.interfaces().stream()).forEach(direct::add);
        } else {
            Class<?> jdk = jdkClass(name);
            if (jdk != null) {
                Stream.concat(Stream.ofNullable(jdk.getSuperclass()), Stream.of(jdk.getInterfaces()))
                        .forEach(supertype -> direct.add(supertype.getName()));
            }
        }
        return direct;
    }

    /** @return none for a type that is not of the JDK */
    static Stream<Method> jdkMethods(String type) {
        Class<?> jdk = jdkClass(type);
        return jdk == null ? Stream.of() : Stream.of(jdk.getDeclaredMethods());
    }

    static String key(Method method) {
        return method.getName() + Type.getMethodDescriptor(method);
    }

    private static boolean isFitting(Method method, MemberSignature member) {
        return !Modifier.isFinal(method.getModifiers())
                && Modifier.isStatic(method.getModifiers()) == member.has("static");
    }

    private static Class<?> jdkClass(String name) {
        if (!name.startsWith("java.")) {
            return null;
        }
        try {
            return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}

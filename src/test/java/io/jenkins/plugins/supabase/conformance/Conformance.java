package io.jenkins.plugins.supabase.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares re-declared types with the real ones. A re-declaration may leave out what nobody uses: members, interfaces,
 * super classes in between. What it does declare must be there, so that code compiled against it links against the
 * real type and means the same.
 */
final class Conformance {
    /** Does not change what callers or implementers may do. */
    private static final Set<String> OWN_BUSINESS = Set.of("synchronized", "volatile", "transient");

    /** What the language itself reads from annotations. */
    private static final Set<String> META = Set.of("@Retention", "@Target", "@Inherited", "@FunctionalInterface");

    private final Supertypes real;
    private final List<String> differences = new ArrayList<>();

    private Conformance(Map<String, TypeSignature> real) {
        this.real = new Supertypes(real);
    }

    /** @return one line a difference, none when the declarations hold */
    static List<String> differences(Collection<TypeSignature> declared, Map<String, TypeSignature> real) {
        Conformance conformance = new Conformance(real);
        declared.stream().filter(TypeSignature::isVisible).forEach(conformance::compare);
        return conformance.differences;
    }

    private void compare(TypeSignature declared) {
        TypeSignature actual = real.get(declared.name());
        if (actual == null) {
            differ(declared, "no such type in the lists");
            return;
        }
        same(declared, "kind", declared.kind(), actual.kind());
        same(declared, "modifiers", sorted(declared.modifiers()), sorted(actual.modifiers()));
        same(declared, "meta annotations", meta(declared.annotations()), meta(actual.annotations()));
        compareSupertypes(declared, actual);
        forbidden(declared, "", actual.annotations(), declared.annotations());
        declared.members().values().forEach(member -> compare(declared, member, actual));
        if (declared.kind().equals("@interface")) {
            requireElements(declared, actual);
        }
    }

    private void compareSupertypes(TypeSignature declared, TypeSignature actual) {
        Set<String> ancestors = real.of(actual.name());
        if (declared.superName() != null && !ancestors.contains(declared.superName())) {
            differ(declared, "extends " + declared.superName() + ", really " + actual.superName());
        }
        for (String implemented : declared.interfaces()) {
            if (!ancestors.contains(implemented)) {
                differ(declared, "implements " + implemented + ", really " + actual.interfaces());
            }
        }
        ClassGenerics declaredGenerics = ClassGenerics.of(declared);
        ClassGenerics actualGenerics = ClassGenerics.of(actual);
        same(declared, "type parameters", declaredGenerics.parameters(), actualGenerics.parameters());
        declaredGenerics.supertypes().forEach((erased, generic) -> {
            String actualGeneric = actualGenerics.supertypes().get(erased);
            if (actualGeneric != null) {
                same(declared, "super type", generic, actualGeneric);
            }
        });
    }

    private void compare(TypeSignature declared, MemberSignature member, TypeSignature actual) {
        if (member.has("bridge")) {
            return;
        }
        MemberSignature counterpart = actual.members().get(member.key());
        if (counterpart == null) {
            compareWithInherited(declared, member, actual);
            return;
        }
        String what = member.key();
        same(declared, what, member.descriptor(), counterpart.descriptor());
        same(declared, what + " modifiers", modifiers(member), modifiers(counterpart));
        same(declared, what + " generic signature", member.generics(), counterpart.generics());
        same(declared, what + (member.isMethod() ? " default" : " constant"), member.value(), counterpart.value());
        same(declared, what + " exceptions", checked(member), checked(counterpart));
        forbidden(declared, what + " ", counterpart.annotations(), member.annotations());
    }

    /** Declared here, inherited there: the reference links all the same. */
    private void compareWithInherited(TypeSignature declared, MemberSignature member, TypeSignature actual) {
        boolean inherited = !member.isConstructor()
                && real.inherits(actual, member, candidate -> modifiers(candidate).equals(modifiers(member)));
        if (!inherited) {
            differ(declared, member.key() + ": no such member, with " + modifiers(member));
        }
    }

    private void requireElements(TypeSignature declared, TypeSignature actual) {
        actual.members().values().stream()
                .filter(member -> member.isMethod() && member.value() == null)
                .filter(member -> !declared.members().containsKey(member.key()))
                .forEach(member -> differ(declared, "leaves out " + member.key() + ", which has no default"));
    }

    private void forbidden(TypeSignature declared, String what, Set<String> actual, Set<String> own) {
        for (String annotation : actual) {
            if (annotation.startsWith("@Restricted(") && !annotation.contains("Beta")
                    && !annotation.contains("ProtectedExternally")) {
                differ(declared, what + "is " + annotation + ": not for plugins");
            } else if (annotation.equals("@Deprecated") && !own.contains(annotation)) {
                differ(declared, what + "is really @Deprecated; declare that, or use what replaces it");
            }
        }
    }

    private static Set<String> meta(Set<String> annotations) {
        Set<String> meta = new TreeSet<>(annotations);
        meta.removeIf(annotation -> !META.contains(annotation.replaceFirst("\\(.*", "")));
        return meta;
    }

    private static Set<String> modifiers(MemberSignature member) {
        Set<String> modifiers = sorted(member.modifiers());
        modifiers.removeAll(OWN_BUSINESS);
        return modifiers;
    }

    private Set<String> checked(MemberSignature member) {
        Set<String> exceptions = sorted(member.exceptions());
        exceptions.removeIf(exception -> !real.isCheckedException(exception));
        return exceptions;
    }

    private static Set<String> sorted(Set<String> words) {
        return new TreeSet<>(words);
    }

    private void same(TypeSignature type, String what, Object declared, Object actual) {
        if (!Objects.equals(declared, actual)) {
            differ(type, what + ": declared " + declared + ", really " + actual);
        }
    }

    private void differ(TypeSignature type, String difference) {
        differences.add(type.name() + ": " + difference);
    }
}

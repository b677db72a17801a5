package io.jenkins.plugins.supabase.conformance;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/** Finds abstract methods of listed types that a concrete class below them does not implement. */
final class AbstractMethods {
    private final Map<String, ClassNode> own = new HashMap<>();
    private final Supertypes real;

    private AbstractMethods(Collection<ClassNode> classes, Map<String, TypeSignature> real) {
        classes.forEach(node -> own.put(dotted(node.name), node));
        this.real = new Supertypes(real);
    }

    /** @return one line a method, none when every class is complete */
    static List<String> leftOpen(Collection<ClassNode> classes, Map<String, TypeSignature> real) {
        AbstractMethods methods = new AbstractMethods(classes, real);
        List<String> open = new ArrayList<>();
        for (ClassNode node : classes) {
            if ((node.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0) {
                open.addAll(methods.leftOpen(node));
            }
        }
        return open;
    }

    private List<String> leftOpen(ClassNode type) {
        Set<String> lineage = lineage(dotted(type.name));
        Set<String> implemented = new HashSet<>();
        lineage.forEach(name -> implemented.addAll(implementedBy(name)));
        List<String> open = new ArrayList<>();
        for (String name : lineage) {
            TypeSignature signature = real.get(name);
            if (signature != null) {
                signature.members().values().stream()
                        .filter(member -> member.has("abstract") && !implemented.contains(member.key()))
                        .forEach(member -> open.add(
                                dotted(type.name) + " does not implement " + member.key() + " of " + name));
            }
        }
        return open;
    }

    private Set<String> lineage(String name) {
        Set<String> lineage = new LinkedHashSet<>();
        ClassNode node = own.get(name);
        lineage.add(name);
        if (node == null) {
            lineage.addAll(real.of(name));
        } else {
            lineage.addAll(lineage(dotted(node.superName)));
            node.interfaces.forEach(implemented -> lineage.addAll(lineage(dotted(implemented))));
        }
        return lineage;
    }

    private Set<String> implementedBy(String name) {
        Set<String> implemented = new HashSet<>();
        ClassNode node = own.get(name);
        TypeSignature signature = real.get(name);
        if (node != null) {
            node.methods.stream()
                    .filter(method -> (method.access & Opcodes.ACC_ABSTRACT) == 0)
                    .forEach(method -> implemented.add(method.name + method.desc));
        } else if (signature != null) {
            signature.members().values().stream()
                    .filter(member -> member.isMethod() && !member.has("abstract"))
                    .forEach(member -> implemented.add(member.key()));
        } else {
            Supertypes.jdkMethods(name)
                    .filter(method -> !Modifier.isAbstract(method.getModifiers()))
                    .forEach(method -> implemented.add(Supertypes.key(method)));
        }
        return implemented;
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }
}

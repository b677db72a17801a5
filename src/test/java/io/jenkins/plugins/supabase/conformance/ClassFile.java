package io.jenkins.plugins.supabase.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Reads the signature of a type from its class file, in the words of the lists. */
final class ClassFile {
    private ClassFile() {}

    static TypeSignature read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        int access = node.innerClasses.stream()
                .filter(inner -> inner.name.equals(node.name))
                .mapToInt(inner -> inner.access)
                .findFirst()
                .orElse(node.access & ~Opcodes.ACC_SUPER);
        String kind = kind(node);
        Set<String> modifiers = accessModifiers(access);
        if (kind.endsWith("interface")) {
            modifiers.remove("abstract");
        }
        return new TypeSignature(
                dotted(node.name),
                kind,
                modifiers,
                kind.endsWith("interface") ? null : dotted(node.superName),
                node.interfaces.stream().map(ClassFile::dotted).toList(),
                node.signature,
                annotations(node.visibleAnnotations, node.invisibleAnnotations),
                members(node, kind.endsWith("interface")));
    }

    private static String kind(ClassNode node) {
        if ((node.access & Opcodes.ACC_ANNOTATION) != 0) {
            return "@interface";
        } else if ((node.access & Opcodes.ACC_INTERFACE) != 0) {
            return "interface";
        } else if ((node.access & Opcodes.ACC_ENUM) != 0) {
            return "enum";
        }
        return node.superName.equals("java/lang/Record") ? "record" : "class";
    }

    private static Map<String, MemberSignature> members(ClassNode node, boolean ofInterface) {
        List<MemberSignature> members = new ArrayList<>();
        for (FieldNode field : node.fields) {
            if (isVisible(field.access)) {
                members.add(new MemberSignature(
                        field.name,
                        field.desc,
                        fieldModifiers(field.access),
                        field.signature,
                        AnnotationText.value(field.value),
                        Set.of(),
                        annotations(field.visibleAnnotations, field.invisibleAnnotations)));
            }
        }
        for (MethodNode method : node.methods) {
            if (isVisible(method.access)) {
                members.add(new MemberSignature(
                        method.name,
                        method.desc,
                        methodModifiers(method.access, ofInterface),
                        method.signature,
                        AnnotationText.value(method.annotationDefault),
                        dotted(method.exceptions),
                        annotations(method.visibleAnnotations, method.invisibleAnnotations)));
            }
        }
        Map<String, MemberSignature> byKey = new LinkedHashMap<>();
        members.forEach(member -> byKey.put(member.key(), member));
        return byKey;
    }

    private static boolean isVisible(int access) {
        boolean seen = (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0;
        boolean bridge = (access & Opcodes.ACC_BRIDGE) != 0;
        return seen && (bridge || (access & Opcodes.ACC_SYNTHETIC) == 0);
    }

    private static Set<String> accessModifiers(int access) {
        Set<String> modifiers = new LinkedHashSet<>();
        add(modifiers, access, Opcodes.ACC_PUBLIC, "public");
        add(modifiers, access, Opcodes.ACC_PROTECTED, "protected");
        add(modifiers, access, Opcodes.ACC_PRIVATE, "private");
        add(modifiers, access, Opcodes.ACC_STATIC, "static");
        add(modifiers, access, Opcodes.ACC_FINAL, "final");
        add(modifiers, access, Opcodes.ACC_ABSTRACT, "abstract");
        return modifiers;
    }

    private static Set<String> fieldModifiers(int access) {
        Set<String> modifiers = accessModifiers(access);
        add(modifiers, access, Opcodes.ACC_ENUM, "enum");
        add(modifiers, access, Opcodes.ACC_VOLATILE, "volatile");
        add(modifiers, access, Opcodes.ACC_TRANSIENT, "transient");
        return modifiers;
    }

    private static Set<String> methodModifiers(int access, boolean ofInterface) {
        Set<String> modifiers = accessModifiers(access);
        add(modifiers, access, Opcodes.ACC_VARARGS, "varargs");
        add(modifiers, access, Opcodes.ACC_BRIDGE, "bridge");
        add(modifiers, access, Opcodes.ACC_SYNCHRONIZED, "synchronized");
        if (ofInterface && (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC)) == 0) {
            modifiers.add("default");
        }
        return modifiers;
    }

    private static void add(Set<String> modifiers, int access, int flag, String modifier) {
        if ((access & flag) != 0) {
            modifiers.add(modifier);
        }
    }

    private static Set<String> annotations(List<AnnotationNode> visible, List<AnnotationNode> invisible) {
        Set<String> texts = new HashSet<>();
        for (List<AnnotationNode> nodes : Arrays.asList(visible, invisible)) {
            if (nodes != null) {
                nodes.forEach(node -> texts.add(AnnotationText.of(node)));
            }
        }
        return texts;
    }

    private static Set<String> dotted(List<String> names) {
        Set<String> dotted = new HashSet<>();
        names.forEach(name -> dotted.add(dotted(name)));
        return dotted;
    }

    private static String dotted(String name) {
        return Type.getObjectType(name).getClassName();
    }
}

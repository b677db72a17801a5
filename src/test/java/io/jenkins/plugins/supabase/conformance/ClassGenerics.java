package io.jenkins.plugins.supabase.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.signature.SignatureWriter;

/**
 * A class signature in its parts.
 *
 * @param parameters the part in angle brackets; empty when there are none
 * @param supertypes by erased name, each with its arguments
 */
record ClassGenerics(String parameters, Map<String, String> supertypes) {

    static ClassGenerics of(TypeSignature type) {
        Map<String, String> supertypes = new LinkedHashMap<>();
        if (type.generics() == null) {
            if (type.superName() != null) {
                supertypes.put(type.superName(), 'L' + type.superName().replace('.', '/') + ';');
            }
            type.interfaces().forEach(name -> supertypes.put(name, 'L' + name.replace('.', '/') + ';'));
            return new ClassGenerics("", supertypes);
        }
        new SignatureReader(type.generics()).accept(new SignatureVisitor(Opcodes.ASM9) {
            @Override
            public SignatureVisitor visitSuperclass() {
                return collector(supertypes);
            }

            @Override
            public SignatureVisitor visitInterface() {
                return collector(supertypes);
            }
        });
        String whole = String.join("", supertypes.values());
        return new ClassGenerics(
                type.generics().substring(0, type.generics().length() - whole.length()), supertypes);
    }

    private static SignatureVisitor collector(Map<String, String> supertypes) {
        return new SignatureWriter() {
            private String erased;
            private int depth;

            @Override
            public void visitClassType(String name) {
                if (depth++ == 0) {
                    erased = name.replace('/', '.');
                }
                super.visitClassType(name);
            }

            @Override
            public void visitEnd() {
                super.visitEnd();
                if (--depth == 0) {
                    supertypes.put(erased, toString());
                }
            }
        };
    }
}

package io.jenkins.plugins.supabase.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** src/jenkins-api says of Jenkins only what is true. */
class ConformanceTest {
    private static final Path SOURCES = Path.of("src/jenkins-api/java");
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path LISTS = Path.of("src/test/resources/jenkins-api");

    @Test
    void everythingDeclaredExistsInTheRealJars() throws IOException {
        Map<String, TypeSignature> real = SignatureList.readAll(LISTS);
        List<TypeSignature> declared = declared();

        assertThat(declared).as("types of src/jenkins-api").isNotEmpty();
        List<String> differences = Conformance.differences(declared, real);
        assertThat(differences)
                .withFailMessage(() -> differences.size() + " differences between src/jenkins-api and Jenkins' own jars"
                        + " (after adding a type, refresh the lists: see RefreshSignatures):\n  "
                        + String.join("\n  ", differences))
                .isEmpty();
    }

    /** What src/jenkins-api leaves out as unused must not be something that Jenkins calls. */
    @Test
    void everyClassOfThePluginImplementsWhatTheRealTypesLeaveAbstract() throws IOException {
        List<ClassNode> plugin = new ArrayList<>();
        for (Path file : files(CLASSES.resolve("io/jenkins/plugins/supabase"), ".*\\.class")) {
            if (!CLASSES.relativize(file).startsWith("io/jenkins/plugins/supabase/local")) {
                ClassNode node = new ClassNode();
                new ClassReader(Files.readAllBytes(file)).accept(node, ClassReader.SKIP_CODE);
                plugin.add(node);
            }
        }

        assertThat(AbstractMethods.leftOpen(plugin, SignatureList.readAll(LISTS))).isEmpty();
    }

    private static List<TypeSignature> declared() throws IOException {
        List<TypeSignature> declared = new ArrayList<>();
        for (Path source : files(SOURCES, "[^-]+\\.java")) {
            Path directory = CLASSES.resolve(SOURCES.relativize(source).getParent().toString());
            String name = source.getFileName().toString().replace(".java", "");
            for (Path file : files(directory, name + "(\\$[^0-9].*)?\\.class")) {
                if (file.getParent().equals(directory)) {
                    declared.add(ClassFile.read(Files.readAllBytes(file)));
                }
            }
        }
        return declared;
    }

    private static List<Path> files(Path directory, String name) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
        }
    }
}

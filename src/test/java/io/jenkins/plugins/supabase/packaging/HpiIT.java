package io.jenkins.plugins.supabase.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Extension;
import io.jenkins.plugins.supabase.testing.Archive;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.YesNoMaybe;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The .hpi is what Jenkins' own tooling would make. What Jenkins does with each part: see CONTRIBUTING.md. */
class HpiIT {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final String JAR = "WEB-INF/lib/supabase-delivery.jar";
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/.*");
    private static final String PACKAGE = "io/jenkins/plugins/supabase/";

    private static Archive hpi;
    private static Archive jar;

    @BeforeAll
    static void read() throws IOException {
        hpi = Archive.of(Path.of("target/supabase-delivery.hpi"));
        jar = hpi.inner(JAR);
    }

    @Test
    void bundlesOnlyTheLibrariesThatNoPluginProvides() {
        assertThat(hpi.names("WEB-INF/lib/"))
                .extracting(name -> name.replaceFirst("-\\d.*\\.jar$", ".jar"))
                .containsExactlyInAnyOrder(
                        "antlr4-runtime.jar", "conscrypt-openjdk-uber.jar",
                        "jagged-api.jar", "jagged-bech32.jar", "jagged-framework.jar", "jagged-x25519.jar",
                        "opentelemetry-api.jar", "opentelemetry-common.jar",
                        "opentelemetry-context.jar", "opentelemetry-exporter-common.jar",
                        "opentelemetry-exporter-otlp.jar", "opentelemetry-exporter-otlp-common.jar",
                        "opentelemetry-exporter-sender-jdk.jar", "opentelemetry-sdk-common.jar",
                        "opentelemetry-sdk-logs.jar", "opentelemetry-sdk-metrics.jar",
                        "opentelemetry-sdk-trace.jar",
                        "postgresql.jar", "supabase-delivery.jar", "tomlj.jar", "zstd-jni.jar");
        assertThat(hpi.names("WEB-INF/")).allMatch(name -> name.startsWith("lib/"));
    }

    @Test
    void noLibraryHidesClassesOfOthers() throws IOException {
        Pattern known = Pattern.compile("(META-INF/(versions/\\d+/)?)?"
                + "(io/jenkins/plugins/supabase|org/postgresql|org/tomlj|org/antlr/v4/runtime|com/exceptionfactory/jagged"
                + "|com/github/luben/zstd|io/opentelemetry|org/conscrypt)/.*|.*module-info.class");
        for (String library : hpi.names("WEB-INF/lib/")) {
            assertThat(hpi.inner("WEB-INF/lib/" + library).names())
                    .as(library)
                    .filteredOn(name -> name.endsWith(".class"))
                    .allMatch(name -> known.matcher(name).matches());
        }
    }

    @Test
    void theJarHoldsEveryClassOfThePluginAndNoOther() throws IOException {
        Set<String> compiled = filesBelow(CLASSES);
        compiled.removeIf(name -> !name.startsWith(PACKAGE) || name.startsWith(PACKAGE + "local/"));

        assertThat(compiled).contains(PACKAGE + "core/operation/DeliveryException.class");
        assertThat(jar.names()).containsAll(compiled);
        assertThat(jar.names()).filteredOn(name -> name.endsWith(".class")).allMatch(compiled::contains);
    }

    @Test
    void theJarHoldsEveryResourceAndTheZipEveryFileOfTheWebapp() throws IOException {
        assertThat(jar.names()).containsAll(filesBelow(RESOURCES)).contains("index.jelly");
        assertThat(hpi.names()).containsAll(filesBelow(WEBAPP));
    }

    @Test
    void everyViewEscapesByDefault() {
        assertThat(jar.names())
                .filteredOn(name -> name.endsWith(".jelly"))
                .allSatisfy(name -> assertThat(jar.lines(name))
                        .as(name)
                        .first()
                        .isEqualTo("<?jelly escape-by-default='true'?>"));
    }

    @Test
    void bothManifestsSayTheSame() throws IOException {
        assertThat(jar.manifest())
                .isEqualTo(hpi.manifest())
                .containsEntry("Group-Id", "io.jenkins.plugins")
                .containsEntry("Artifact-Id", "supabase-delivery")
                .containsEntry("Short-Name", "supabase-delivery")
                .containsEntry("Long-Name", "Supabase Delivery")
                .containsEntry("Url", "https://github.com/jenkinsci/supabase-delivery-plugin")
                .containsEntry("Jenkins-Version", "2.541.3")
                .containsEntry("Hudson-Version", "2.541.3")
                .containsEntry("Plugin-License-Name", "MIT License")
                .containsEntry("Plugin-License-Url", "https://opensource.org/licenses/MIT")
                .doesNotContainKeys("Plugin-Class", "PluginFirstClassLoader", "Mask-Classes");
        assertThat(hpi.manifest().get("Plugin-Version")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void dependsOnPluginsAtTheVersionsThatTheSignatureListsAreOf() throws IOException {
        Map<String, String> dependencies = Stream.of(hpi.manifest().get("Plugin-Dependencies").split(","))
                .collect(Collectors.toMap(plugin -> plugin.split(":")[0], plugin -> plugin.split("[:;]")[1]));

        assertThat(dependencies.keySet()).contains("okhttp-api", "jackson2-api", "workflow-step-api", "credentials");
        Pattern header = Pattern.compile("# (\\S+)\\.jar Plugin-Version=(\\S+)");
        for (String list : filesBelow(Path.of("src/test/resources/jenkins-api"))) {
            String first = Files.readAllLines(Path.of("src/test/resources/jenkins-api", list)).get(0);
            Matcher matcher = header.matcher(first);
            if (matcher.matches()) {
                assertThat(dependencies).containsEntry(matcher.group(1), matcher.group(2));
            }
        }
    }

    @Test
    void everyExtensionIsInTheIndexAndNothingElse(@TempDir Path directory) throws IOException {
        Set<String> indexed = extensions(directory).stream().map(HpiIT::element).collect(Collectors.toSet());

        assertThat(indexed).isEqualTo(annotated(Extension.class)).isNotEmpty();
    }

    @Test
    void everySymbolIsInTheIndexAndNothingElse() {
        assertThat(jar.lines("META-INF/services/annotations/org.jenkinsci.Symbol"))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(annotated(Symbol.class))
                .isNotEmpty();
    }

    /** As maven-hpi-plugin decides it: true only when every extension says so, nothing when one leaves it open. */
    @Test
    void saysWhetherItCanBeLoadedWithoutARestart(@TempDir Path directory) throws IOException {
        Set<YesNoMaybe> answers = extensions(directory).stream()
                .map(item -> item.annotation().dynamicLoadable())
                .collect(Collectors.toSet());
        String unlessNo = answers.contains(YesNoMaybe.MAYBE) ? null : "true";
        String expected = answers.contains(YesNoMaybe.NO) ? "false" : unlessNo;

        assertThat(hpi.manifest().get("Support-Dynamic-Loading")).isEqualTo(expected);
    }

    /** Stapler finds the names of constructor arguments and request parameters there. */
    @Test
    void methodsKnowTheNamesOfTheirParameters() {
        List<ClassNode> visible = classes(jar)
                .filter(node -> node.name.startsWith(PACKAGE) && !node.name.startsWith(PACKAGE + "core/"))
                .filter(node -> (node.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_ENUM)) == 0)
                .toList();
        assertThat(visible).isNotEmpty();
        for (ClassNode node : visible) {
            for (MethodNode method : node.methods) {
                boolean hasParameters = Type.getArgumentTypes(method.desc).length > 0;
                boolean written = (method.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE)) == 0;
                if (hasParameters && written) {
                    assertThat(method.parameters).as(node.name + "." + method.name).isNotNull();
                }
            }
        }
    }

    @Test
    void runsOnJava17() throws IOException {
        for (String library : hpi.names("WEB-INF/lib/")) {
            assertThat(classes(hpi.inner("WEB-INF/lib/" + library)))
                    .as(library)
                    .allMatch(node -> (node.version & 0xffff) <= Opcodes.V17);
        }
    }

    @Test
    void theSameSourcesMakeTheSameBytes() {
        assertThat(hpi.times()).as("times of the files in the .hpi").hasSize(1);
        assertThat(jar.times()).isEqualTo(hpi.times());
        assertThat(hpi.times()).allMatch(LocalDateTime.of(2020, 1, 1, 0, 0)::isBefore);
    }

    private static List<IndexItem<Extension, Object>> extensions(Path directory) throws IOException {
        Path copy = directory.resolve("plugin.jar");
        Files.write(copy, hpi.bytes(JAR));
        List<IndexItem<Extension, Object>> items = new ArrayList<>();
        try (URLClassLoader loader = new OwnResources(copy.toUri().toURL())) {
            Index.load(Extension.class, Object.class, loader).forEach(item -> {
                item.annotation().dynamicLoadable();
                items.add(item);
            });
        }
        return items;
    }

    private static String element(IndexItem<Extension, Object> item) {
        return item.memberName() == null ? item.className() : item.className() + "#" + item.memberName();
    }

    /** Names of the classes, or class#member, in the jar that carry the annotation. */
    private static Set<String> annotated(Class<?> annotation) {
        Set<String> found = new TreeSet<>();
        classes(jar).forEach(node -> {
            String name = node.name.replace('/', '.');
            if (carries(node.visibleAnnotations, annotation)) {
                found.add(name);
            }
            node.fields.stream()
                    .filter(field -> carries(field.visibleAnnotations, annotation))
                    .forEach(field -> found.add(name + "#" + field.name));
            node.methods.stream()
                    .filter(method -> carries(method.visibleAnnotations, annotation))
                    .forEach(method -> found.add(name + "#" + method.name));
        });
        return found;
    }

    private static Stream<ClassNode> classes(Archive archive) {
        return archive.names().stream().filter(HpiIT::isClassForJava17).map(name -> {
            ClassNode node = new ClassNode();
            new ClassReader(archive.bytes(name)).accept(node, ClassReader.SKIP_CODE);
            return node;
        });
    }

    /** A jar may hold others for newer Javas beside it, which Java 17 does not look at. */
    private static boolean isClassForJava17(String name) {
        Matcher versioned = VERSIONED.matcher(name);
        return name.endsWith(".class") && (!versioned.matches() || Integer.parseInt(versioned.group(1)) <= 17);
    }

    private static boolean carries(List<AnnotationNode> annotations, Class<?> annotation) {
        return annotations != null
                && annotations.stream().anyMatch(node -> node.desc.equals(Type.getDescriptor(annotation)));
    }

    private static Set<String> filesBelow(Path directory) throws IOException {
        Set<String> names = new HashSet<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> names.add(directory.relativize(file).toString().replace('\\', '/')));
            }
        }
        return names;
    }

    /** Finds resources in one jar alone, so that indexes on the test's own class path do not count. */
    private static final class OwnResources extends URLClassLoader {
        OwnResources(URL... jars) {
            super(jars, HpiIT.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return findResources(name);
        }
    }
}

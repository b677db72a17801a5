package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.testing.Archive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** pom.xml and pom-jenkins.xml make the same plugin, byte by byte where Jenkins loads it. */
class HpiParityIT {
    private static final Path CENTRAL = Path.of("target/supabase-delivery.hpi");
    private static final Path OFFICIAL = Path.of("target/jenkins/target/supabase-delivery.hpi");
    private static final String JAR = "WEB-INF/lib/supabase-delivery.jar";

    /** Compared by their attributes, or about the build alone: the POM, and licenses shown on the plugin's page. */
    private static final Predicate<String> ABOUT_THE_BUILD = name -> name.equals("META-INF/MANIFEST.MF")
            || name.startsWith("META-INF/maven/")
            || name.equals("WEB-INF/licenses.xml");

    /** Names of parameters, for classes that were compiled without -parameters; Stapler's processor writes them. */
    private static final Predicate<String> PARAMETER_NAMES = name -> name.endsWith(".stapler");

    /** Say who built when with what, and nothing to a controller. */
    private static final Set<String> FREE_ATTRIBUTES = Set.of("Created-By", "Implementation-Build", "Java-Version");

    private static Archive central;
    private static Archive official;

    @BeforeAll
    static void read() throws IOException {
        assertThat(CENTRAL)
                .withFailMessage("%s is missing: run 'mvn package' before this build, which compares with it", CENTRAL)
                .isRegularFile();
        central = Archive.of(CENTRAL);
        official = Archive.of(OFFICIAL);
    }

    @Test
    void theZipsHoldTheSameLibrariesAndFiles() {
        assertSame(central, official, ABOUT_THE_BUILD.or(JAR::equals));
    }

    @Test
    void theJarsHoldTheSameClassesResourcesAndIndexes() throws IOException {
        assertSame(central.inner(JAR), official.inner(JAR), ABOUT_THE_BUILD.or(PARAMETER_NAMES));
    }

    @Test
    void theManifestsTellJenkinsTheSame() throws IOException {
        assertThat(attributes(central)).isEqualTo(attributes(official));
        assertThat(attributes(central.inner(JAR))).isEqualTo(attributes(official.inner(JAR)));
        assertThat(dependencies(central)).isEqualTo(dependencies(official));
    }

    private static void assertSame(Archive one, Archive other, Predicate<String> ignored) {
        Set<String> names = names(one, ignored);
        assertThat(names).isEqualTo(names(other, ignored)).isNotEmpty();
        assertThat(names).allSatisfy(name -> assertThat(one.bytes(name))
                .as("%s (built from other sources? 'mvn package' again)", name)
                .isEqualTo(other.bytes(name)));
    }

    private static Set<String> names(Archive archive, Predicate<String> ignored) {
        return archive.names().stream().filter(ignored.negate()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> attributes(Archive archive) throws IOException {
        Map<String, String> attributes = archive.manifest();
        attributes.keySet().removeAll(FREE_ATTRIBUTES);
        attributes.remove("Plugin-Dependencies");
        // A snapshot's version tells who built it: 0.1.0-SNAPSHOT (private-0123abcd-somebody).
        attributes.computeIfPresent("Plugin-Version", (name, version) -> version.replaceFirst(" \\(private-.*\\)$", ""));
        return attributes;
    }

    private static Set<String> dependencies(Archive archive) throws IOException {
        return new TreeSet<>(Set.of(archive.manifest().get("Plugin-Dependencies").split(",")));
    }
}

package io.jenkins.plugins.supabase.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.testing.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The executable jar holds all that the local runner and the demo need. */
class LocalJarIT {
    private static final Path EXAMPLE = Path.of("docs/examples/votes");

    private static Archive jar;

    @BeforeAll
    static void read() throws IOException {
        jar = Archive.of(Path.of("target/supabase-delivery-local.jar"));
    }

    @Test
    void startsTheCommandLine() throws IOException {
        String main = jar.manifest().get("Main-Class");

        assertThat(jar.bytes(main.replace('.', '/') + ".class")).isNotEmpty();
    }

    @Test
    void findsStepsAndDriver() {
        assertThat(jar.bytes("META-INF/annotations/hudson.Extension")).isNotEmpty();
        assertThat(jar.lines("META-INF/services/java.sql.Driver")).contains("org.postgresql.Driver");
    }

    @Test
    void listsAndHoldsEveryFileOfTheExample() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            assertThat(files.filter(Files::isRegularFile).map(EXAMPLE::relativize).map(Path::toString))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(jar.lines("examples/votes.files"))
                    .allMatch(name -> jar.names().contains("examples/votes/" + name));
        }
    }
}

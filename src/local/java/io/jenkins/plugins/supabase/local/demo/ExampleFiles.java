package io.jenkins.plugins.supabase.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the example application, from the executable jar or, before that is built, from the source tree. */
final class ExampleFiles {
    private static final String ROOT = "/examples/votes";
    private static final Path SOURCES = Path.of("docs/examples/votes");

    private ExampleFiles() {}

    static void copyTo(Path target) throws IOException {
        try (InputStream list = ExampleFiles.class.getResourceAsStream(ROOT + ".files")) {
            if (list == null) {
                copySources(target);
                return;
            }
            for (String name : new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                try (InputStream file = ExampleFiles.class.getResourceAsStream(ROOT + "/" + name)) {
                    copy(file, target.resolve(name));
                }
            }
        }
    }

    private static void copySources(Path target) throws IOException {
        if (!Files.isDirectory(SOURCES)) {
            throw new IOException("The example is neither packaged nor in " + SOURCES.toAbsolutePath());
        }
        try (Stream<Path> tree = Files.walk(SOURCES)) {
            List<Path> files = tree.filter(Files::isRegularFile).toList();
            for (Path source : files) {
                try (InputStream file = Files.newInputStream(source)) {
                    copy(file, target.resolve(SOURCES.relativize(source).toString()));
                }
            }
        }
    }

    private static void copy(InputStream file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
    }
}

package io.jenkins.plugins.supabase.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a page includes from the root on is looked for with the class loader of its object, which in forms is Jenkins: it
 * does not see the plugin. Tests in which all share one class loader do not notice.
 */
class JellyIncludesTest {
    private static final Pattern FROM_THE_ROOT = Pattern.compile("<st:include\\b(?![^>]*\\bclass=)[^>]*page=\"/io/");

    @Test
    void pagesOfThePluginAreIncludedByAClassOfThePlugin() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".jelly")).toList();
            assertThat(pages).isNotEmpty();
            for (Path page : pages) {
                assertThat(Files.readString(page)).as(page.toString()).doesNotContainPattern(FROM_THE_ROOT);
            }
        }
    }
}

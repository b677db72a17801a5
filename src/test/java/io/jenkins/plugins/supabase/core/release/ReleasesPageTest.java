package io.jenkins.plugins.supabase.core.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/releases.md read a release without the plugin. */
class ReleasesPageTest {
    @TempDir
    Path directory;

    private Path archive;
    private Release release;

    @BeforeEach
    void publish() throws Exception {
        assumeThat(List.of("unzip", "sha256sum", "sed")).allMatch(ReleasesPageTest::isThere);
        GitRepository repository = GitRepository.create(directory.resolve("clone"))
                .with("supabase/config.toml", "project_id = \"example\"\n")
                .with("supabase/functions/hello world/index.ts", "export {};\n")
                .commit();
        archive = Files.createDirectory(directory.resolve("archive"));
        release = ReleaseBuilder.of(repository.supabase()).version("1.4.0").build(directory);
        new ReleaseStore(List.of(new FolderDestination("archive", "", archive)))
                .publish(release, new Publisher("ada", null));
    }

    @Test
    void theyUnpackAndVerifyIt() throws Exception {
        assertThat(run()).isEqualTo("releases/" + release.digest() + ".zip: OK\n0\n");
        assertThat(archive.resolve("unpacked/supabase/functions/hello world/index.ts")).hasContent("export {};\n");
        assertThat(archive.resolve("unpacked/files.sha256")).content().hasLineCount(2);
    }

    @Test
    void theySeeADamagedOne() throws Exception {
        Path bundle = archive.resolve("releases/" + release.digest() + ".zip");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bundle, bytes);

        assertThat(run()).contains("releases/" + release.digest() + ".zip: FAILED").doesNotEndWith("\n0\n");
    }

    private String run() throws Exception {
        String page = Files.readString(Path.of("docs/releases.md"));
        String commands = Pattern.compile("^```sh\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.joining());
        assertThat(commands).contains("sha256sum --check");
        Process process = new ProcessBuilder("sh", "-c", "version=1.4.0\nset -e\n" + commands)
                .directory(archive.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + process.waitFor() + "\n";
    }

    private static boolean isThere(String command) {
        try {
            return new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

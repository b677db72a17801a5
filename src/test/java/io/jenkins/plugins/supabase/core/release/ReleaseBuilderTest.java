package io.jenkins.plugins.supabase.core.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What enters a release, and what is said of it. */
class ReleaseBuilderTest {
    private static final String SQL = "supabase/migrations/1_a.sql";

    @TempDir
    Path directory;

    private GitRepository repository;

    @BeforeEach
    void commit() {
        repository = GitRepository.create(directory.resolve("clone"))
                .with("supabase/.gitignore", "*.secret\n/seeds/*\n!/seeds/public.sql\n")
                .with(SQL, "select 1;\n")
                .commit();
    }

    @Test
    void ignoredFilesAndSecretsNeverEnter() throws Exception {
        repository
                .with("supabase/keys.secret", "canary")
                .with("supabase/seeds/customers.sql", "canary")
                .with("supabase/.env", "canary")
                .with("supabase/functions/hello/.ENV.local", "canary")
                .with("supabase/.temp/pooler-url", "canary")
                .with("supabase/.branches/_current", "canary")
                .with("supabase/functions/node_modules/x/index.js", "canary");

        Release release = build();

        assertThat(paths(release)).containsExactly("supabase/.gitignore", SQL);
        assertThat(release.manifest().modified()).isFalse();
        assertThat(Files.readString(release.bundle(), StandardCharsets.ISO_8859_1)).doesNotContain("canary");
        assertThat(release.notes()).isEmpty();
    }

    @Test
    void committedSecretsAreLeftOutAndNamed() throws Exception {
        repository.with("supabase/.env", "canary").commit();

        Release release = build();

        assertThat(paths(release)).doesNotContain("supabase/.env");
        assertThat(release.notes()).singleElement().asString().contains("Left out supabase/.env although it is committed");
    }

    @Test
    void whatIsNotAsTheCommitHasItIsReleasedAndNamed() throws Exception {
        repository.with("supabase/migrations/2_b.sql", "select 2;\n").with("supabase/old.sql", "").commit();
        Release clean = build();
        repository
                .with(SQL, "select 11;\n")
                .with("supabase/migrations/3_c.sql", "select 3;\n")
                .with("elsewhere.txt", "no part of it");
        Files.delete(repository.root.resolve("supabase/old.sql"));
        repository.git("add", "supabase/migrations/3_c.sql");

        Release release = build();

        assertThat(release.manifest().modifiedFiles())
                .containsExactly(SQL, "supabase/migrations/3_c.sql", "supabase/old.sql");
        assertThat(paths(release))
                .containsExactly(
                        "supabase/.gitignore", SQL, "supabase/migrations/2_b.sql", "supabase/migrations/3_c.sql");
        assertThat(unpacked(release).resolve("migrations/1_a.sql")).hasContent("select 11;\n");
        assertThat(release.manifest().commit()).isEqualTo(repository.head());
        assertThat(release.version()).startsWith(clean.version() + "-modified-");
        repository.with(SQL, "select 12;\n");
        assertThat(build().version()).startsWith(clean.version() + "-modified-").isNotEqualTo(release.version());
    }

    @Test
    void aChangedModeIsNoChange() throws Exception {
        assertThat(repository.root.resolve(SQL).toFile().setExecutable(true)).isTrue();

        assertThat(build().manifest().modified()).isFalse();
    }

    @Test
    void linksBecomeWhatTheyLeadTo() throws Exception {
        repository
                .with("supabase/functions/_shared/cors.ts", "export {};\n")
                .link("supabase/functions/hello/cors.ts", "../_shared/cors.ts")
                .link("supabase/functions/lib", "_shared")
                .link("supabase/functions/deep/lib", "../lib")
                .commit();

        Path supabase = unpacked(build());

        for (String copy : List.of("hello/cors.ts", "lib/cors.ts", "deep/lib/cors.ts")) {
            assertThat(supabase.resolve("functions").resolve(copy)).isRegularFile().hasContent("export {};\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.sql", "/nowhere/outside.sql", "../../outside.sql", "2_b.sql", "missing.sql", ".", "../keys.secret"})
    void linksThatLeadNowhereOrOutsideAreRefused(String target) {
        repository
                .with("outside.sql", "")
                .with("supabase/keys.secret", "canary")
                .link("supabase/migrations/2_b.sql", target.equals("../outside.sql") ? "../../outside.sql" : target);
        for (boolean committed : List.of(false, true)) {
            if (committed) {
                repository.commit();
            }
            assertThatThrownBy(this::build)
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("migrations/2_b.sql is a symbolic link to ")
                    .hasMessageContaining("Nothing was changed.")
                    .hasMessageContaining("let the link lead to a file inside the folder");
        }
    }

    @Test
    void submodulesAreReleasedWithTheCommitThatTheyAreAt() throws Exception {
        GitRepository shared = GitRepository.create(directory.resolve("shared"))
                .with("cors.ts", "export {};\n")
                .commit();
        repository.git("submodule", "--quiet", "add", shared.root.toString(), "supabase/functions/_shared");
        repository.commit();

        Release release = build();

        assertThat(paths(release)).contains("supabase/functions/_shared/cors.ts");
        assertThat(release.manifest().modified()).isFalse();
        repository.with("supabase/functions/_shared/cors.ts", "export { };\n");
        assertThat(build().manifest().modifiedFiles()).contains("supabase/functions/_shared/cors.ts");

        GitRepository other = repository.cloneTo(directory.resolve("without"));
        assertThatThrownBy(() -> ReleaseBuilder.of(other.supabase()).build(directory))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("the submodule functions/_shared is not checked out")
                .hasMessageContaining("git submodule update --init");
        other.git("submodule", "--quiet", "update", "--init");
        assertThat(ReleaseBuilder.of(other.supabase()).build(directory).digest()).isEqualTo(release.digest());
    }

    @Test
    void aRepositoryInsideIsAChange() throws Exception {
        GitRepository.create(repository.root.resolve("supabase/functions/inner")).with("index.ts", "").commit();

        Release release = build();

        assertThat(paths(release)).contains("supabase/functions/inner/index.ts");
        assertThat(release.manifest().modifiedFiles()).containsExactly("supabase/functions/inner");
    }

    @Test
    void largeFilesOfGitLfsAreTheirContentsOrRefused() throws Exception {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4\n";
        repository.with(".gitattributes", "*.bin filter=lfs\n").with("supabase/data.bin", pointer).commit();

        assertThatThrownBy(this::build)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("data.bin is kept by Git LFS and its content is not in the workspace");
    }

    @Test
    void withoutACommitOrACloneItSaysSo() throws Exception {
        GitRepository unborn = GitRepository.create(directory.resolve("unborn")).with(SQL, "select 1;\n");
        Path plain = Files.createDirectories(directory.resolve("plain/supabase/migrations"));
        Files.writeString(plain.resolve("1_a.sql"), "select 1;\n");

        for (Path supabase : List.of(unborn.supabase(), plain.getParent())) {
            Release release = ReleaseBuilder.of(supabase).build(directory);

            assertThat(release.manifest().commit()).isNull();
            assertThat(release.manifest().modified()).isFalse();
            assertThat(release.version()).matches("files-[0-9a-f]{12}");
            assertThat(release.notes()).singleElement().asString().containsPattern("no commit|names none");
            assertThat(ReleaseBundle.open(release.bundle()).manifest()).isEqualTo(release.manifest());
        }
    }

    @Test
    void aFolderThatGitIgnoresIsReleasedAsItIs() throws Exception {
        repository.with(".gitignore", "/dist/\n").commit();
        repository.with("dist/supabase/migrations/1_a.sql", "select 1;\n").with("dist/supabase/.env", "canary");

        Release release = ReleaseBuilder.of(repository.root.resolve("dist/supabase")).build(directory);

        assertThat(paths(release)).containsExactly(SQL);
        assertThat(release.notes()).singleElement().asString().contains("git ignores");
    }

    @Test
    void withoutGitIgnoredFilesStayOutToo() throws Exception {
        repository
                .with(".gitignore", "*.bak\n")
                .with("supabase/a.bak", "canary")
                .with("supabase/keys.secret", "canary")
                .with("supabase/seeds/customers.sql", "canary")
                .with("supabase/seeds/public.sql", "select 1;\n");
        Path into = Files.createDirectory(directory.resolve("into"));

        List<String> lines =
                BuildRelease.inOtherProcess(repository.supabase(), into, Map.of("PATH", "/nowhere"), List.of());

        assertThat(lines.get(1)).startsWith("files-");
        assertThat(lines.get(2)).isEqualTo("The release names no commit: there is no git executable on this machine.");
        Release withGit = build();
        assertThat(paths(withGit)).contains("supabase/seeds/public.sql");
        assertThat(ReleaseBundle.open(into.resolve(lines.get(0) + ".zip")).manifest().files())
                .isEqualTo(withGit.manifest().files());
    }

    @Test
    void aCloneOfAnotherUserIsReadWithoutGitAndTheWayOutIsSaid() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Process chown = new ProcessBuilder("chown", "-R", "12345", repository.root.toString()).start();
        assertThat(chown.waitFor()).isZero();
        Path into = Files.createDirectory(directory.resolve("into"));

        List<String> lines = BuildRelease.inOtherProcess(
                repository.supabase(), into, Map.of("GIT_CONFIG_GLOBAL", "/dev/null"), List.of());

        assertThat(lines.get(1)).startsWith("files-");
        assertThat(lines.get(2))
                .contains("git refuses to read a clone that belongs to another user")
                .contains("git config --global --add safe.directory " + repository.root.toRealPath());
    }

    @Test
    void aBrokenCloneIsNotGuessedAt() throws Exception {
        Files.writeString(repository.root.resolve(".git/refs/heads/main"), "0".repeat(39) + "1\n");

        assertThatThrownBy(this::build)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("was not built: git ")
                .hasMessageContaining("check the application out anew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"back\\slash.sql", "line\nbreak.sql", "tab\t.sql"})
    void namesThatNotEveryMachineCanWriteAreRefused(String name) {
        repository.with("supabase/" + name, "");

        assertThatThrownBy(this::build)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("which not every machine can write")
                .hasMessageContaining("Rename the file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1 0", "../1", "1/0", "ä", "1.0\n", ".hidden"})
    void unusableVersionsAreRefused(String version) {
        ReleaseBuilder builder = ReleaseBuilder.of(repository.supabase());
        if (version.equals("1.0\n")) {
            builder.version(version);
        } else {
            assertThatThrownBy(() -> builder.version(version))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("is not a usable version");
        }
    }

    @Test
    void nothingToReleaseIsSaid() throws Exception {
        Path empty = Files.createDirectory(directory.resolve("supabase"));

        assertThatThrownBy(() -> ReleaseBuilder.of(empty).build(directory)).hasMessageContaining("holds no file");
        assertThatThrownBy(() -> ReleaseBuilder.of(directory.resolve("none")).build(directory))
                .hasMessageContaining("There is no folder " + directory.resolve("none"));
    }

    /** git reads and writes at once; threads that wait for it must not wait for each other. */
    @Test
    void aSmallMachinesThreadPoolIsEnough() throws Exception {
        Path into = Files.createDirectory(directory.resolve("into"));

        List<String> lines = BuildRelease.inOtherProcess(
                repository.supabase(),
                into,
                Map.of(),
                List.of("timeout", "300"),
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");

        assertThat(lines).hasSize(2);
    }

    @Test
    void memoryDoesNotGrowWithTheFiles() throws Exception {
        Path large = repository.root.resolve("supabase/large.bin");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        repository.commit();
        Path into = Files.createDirectory(directory.resolve("into"));

        List<String> lines =
                BuildRelease.inOtherProcess(repository.supabase(), into, Map.of(), List.of(), "-Xmx24m");

        assertThat(lines).hasSize(2);
        assertThat(into.resolve(lines.get(0) + ".zip")).isRegularFile();
    }

    private Release build() throws InterruptedException {
        return ReleaseBuilder.of(repository.supabase()).build(directory);
    }

    private Path unpacked(Release release) throws Exception {
        return ReleaseBundle.open(release.bundle(), release.digest())
                .unpack(Files.createTempDirectory(directory, "unpacked"));
    }

    private static List<String> paths(Release release) {
        return release.manifest().files().stream().map(ReleaseFile::path).toList();
    }
}

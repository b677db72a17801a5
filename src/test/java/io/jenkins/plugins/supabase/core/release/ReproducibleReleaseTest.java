package io.jenkins.plugins.supabase.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commit makes the same bytes, wherever it is built. */
class ReproducibleReleaseTest {
    /** Of the commit below; changes only with the format, and then the format has a new number. */
    private static final String DIGEST = "60ec7491ae9e78a7e48d628c7856e78c0efa4af66a8090b1ead575e7640aa493";

    @TempDir
    Path directory;

    private GitRepository repository;

    @BeforeEach
    void commit() {
        repository = GitRepository.create(directory.resolve("one"))
                .with("README.md", "Not a part of it\n")
                .with("supabase/config.toml", "project_id = \"example\"\n")
                .with("supabase/migrations/20260901090000_create_polls.sql", "create table polls ();\n")
                .with("supabase/migrations/B.sql", "")
                .with("supabase/migrations/a.sql", "select 1;\n")
                .with("supabase/functions/hello world/Ünïcödé 🎉.ts", "export const x = 'ä';\n")
                .with("supabase/functions/hello/\uFF21.ts", "// sorts before the one above by bytes alone\n")
                .with("supabase/functions/hello/data.bin", new byte[] {0, '\r', '\n', (byte) 0xff, '\n'})
                .with("supabase/functions/hello/windows.txt", "a\r\nb\r\n")
                .commit();
    }

    @Test
    void aCommitHasOneDigestForEver() throws Exception {
        Release release = ReleaseBuilder.of(repository.supabase()).build(directory);

        assertThat(release.digest()).isEqualTo(DIGEST);
        assertThat(release.bundle()).hasFileName(DIGEST + ".zip");
        assertThat(release.size()).isEqualTo(Files.size(release.bundle()));
        assertThat(release.version()).isEqualTo("20260915-082030-" + repository.head().substring(0, 12));
    }

    @Test
    void aCloneWithOtherLineEndsMakesTheSame() throws Exception {
        GitRepository other = repository.cloneTo(
                directory.resolve("two"), "--config=core.autocrlf=true", "--config=core.eol=crlf");

        assertThat(other.supabase().resolve("migrations/a.sql")).hasContent("select 1;\r\n");
        assertThat(ReleaseBuilder.of(other.supabase()).build(directory).digest()).isEqualTo(DIGEST);
    }

    @Test
    void aDetachedShallowCloneAndAnotherBranchMakeTheSame() throws Exception {
        repository.git("checkout", "--quiet", "--detach");
        Release detached = ReleaseBuilder.of(repository.supabase()).build(directory);
        repository.git("checkout", "--quiet", "-b", "release/1");
        Release branched = ReleaseBuilder.of(repository.supabase()).build(directory);
        Release told = ReleaseBuilder.of(repository.supabase()).branch("told").build(directory);

        assertThat(List.of(detached.digest(), branched.digest(), told.digest())).containsOnly(DIGEST);
        assertThat(detached.branch()).isNull();
        assertThat(branched.branch()).isEqualTo("release/1");
        assertThat(told.branch()).isEqualTo("told");
    }

    @Test
    void localeTimeZoneAndUmaskOfTheProcessDoNotMatter() throws Exception {
        GitRepository other = repository.cloneTo(directory.resolve("Ein Pfad"));
        Path into = Files.createDirectory(directory.resolve("into"));

        List<String> lines = BuildRelease.inOtherProcess(
                other.supabase(),
                into,
                Map.of("TZ", "Pacific/Chatham", "LC_ALL", "C", "GIT_DIR", "/nowhere"),
                List.of("sh", "-c", "umask 0077; exec \"$0\" \"$@\""),
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dline.separator=\r\n");

        assertThat(lines).containsExactly(DIGEST, "20260915-082030-" + repository.head().substring(0, 12));
    }

    @Test
    void aFolderOfAnotherNameMakesTheSameEntries() throws Exception {
        GitRepository other = GitRepository.create(directory.resolve("renamed"))
                .with("apps/shop/backend/migrations/1_a.sql", "select 1;\n")
                .commit();

        Release release = ReleaseBuilder.of(other.root.resolve("apps/shop/backend")).build(directory);

        assertThat(release.manifest().files())
                .extracting(ReleaseFile::path)
                .containsExactly("supabase/migrations/1_a.sql");
        assertThat(release.manifest().modified()).isFalse();
    }

    @Test
    void aVersionOfTheAuthorsIsAPartOfIt() throws Exception {
        Release release = ReleaseBuilder.of(repository.supabase()).version(" 1.4.0 ").build(directory);

        assertThat(release.version()).isEqualTo("1.4.0");
        assertThat(release.digest()).isNotEqualTo(DIGEST);
        assertThat(ReleaseBundle.open(release.bundle()).manifest()).isEqualTo(release.manifest());
    }
}

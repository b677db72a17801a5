package io.jenkins.plugins.supabase.core.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseBundleTest {
    private static final String NAME = "supabase/migrations/1_a.sql";
    private static final String CONTENT = "select 1;\n";

    @TempDir
    Path directory;

    private Path bundle;
    private final Map<String, String> entries = new LinkedHashMap<>();

    @BeforeEach
    void sound() {
        bundle = directory.resolve("bundle.zip");
        entries.put("release.json", manifest(listed(NAME, CONTENT)));
        entries.put(NAME, CONTENT);
    }

    @Test
    void aSoundBundleIsOpenedAndUnpacked() throws Exception {
        write();
        ReleaseBundle opened = ReleaseBundle.open(bundle, Sha256.of(Files.readAllBytes(bundle)));

        Path supabase = opened.unpack(directory.resolve("scratch/1"));

        assertThat(supabase).isEqualTo(directory.resolve("scratch/1/supabase"));
        assertThat(supabase.resolve("migrations/1_a.sql")).hasContent(CONTENT);
        assertThat(opened.manifest().files()).hasSize(1);
        assertThat(opened.manifest().version()).isEqualTo("1.0.0");
    }

    @Test
    void anotherBundleIsRefused() throws Exception {
        write();
        String other = Sha256.of("other");

        assertThatThrownBy(() -> ReleaseBundle.open(bundle, other))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("instead of " + other);
    }

    @Test
    void aFileThatIsNotListedIsRefused() throws Exception {
        entries.put("supabase/seed.sql", "");
        refuses("holds supabase/seed.sql, which its release.json does not list");
    }

    @Test
    void aFileThatIsNotThereIsRefused() throws Exception {
        entries.put("release.json", manifest(listed(NAME, CONTENT), listed("supabase/seed.sql", "")));
        refuses("lists supabase/seed.sql, which is not in it");
    }

    @Test
    void aFileThatIsListedTwiceIsRefused() throws Exception {
        entries.put("release.json", manifest(listed(NAME, CONTENT), listed(NAME, CONTENT)));
        refuses("is listed twice");
    }

    @Test
    void aFileThatIsInItTwiceIsRefused() throws Exception {
        entries.put("supabase/migrations/1_b.sql", "drop table polls;\n");
        write();
        replace("1_b.sql", "1_a.sql");
        refusesFile(NAME + " is in it twice");
    }

    @Test
    void aFileOfAnotherContentIsRefused() throws Exception {
        entries.put(NAME, "select 2;\n");
        refuses(NAME + " in it is not of the size and SHA-256");
    }

    @Test
    void anotherOrderIsRefused() throws Exception {
        entries.put("supabase/config.toml", "");
        entries.put("release.json", manifest(listed("supabase/config.toml", ""), listed(NAME, CONTENT)));
        refuses("not in the order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "supabase/../../evil.sql",
                "../evil.sql",
                "/evil.sql",
                "supabase//evil.sql",
                "supabase/./evil.sql",
                "supabase/a\\\\..\\\\..\\\\evil.sql",
                "supabase/",
                "supabase/evil.sql/",
                "evil.sql",
                "supabase/e\\u0000vil.sql",
            })
    void aPathThatLeavesTheFolderIsRefused(String path) throws Exception {
        entries.put("release.json", manifest(listed(path, CONTENT)));
        refuses("unusable path");
    }

    @Test
    void nothingIsUnpackedOutsideWhateverTheZipSays() throws Exception {
        entries.remove(NAME);
        entries.put("supabase/../../evil.sql", CONTENT);
        refuses("lists " + NAME + ", which is not in it");
        assertThat(directory).isDirectoryNotContaining("glob:**evil.sql");
    }

    @Test
    void aCompressedFileIsRefused() throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        refusesFile("is compressed, which no release is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "[]", "{\"format\": 1}", "{\"format\": 1} {}"})
    void whatIsNoManifestIsRefused(String manifest) throws Exception {
        entries.put("release.json", manifest);
        refuses("is no sound release bundle");
    }

    @Test
    void aNewerFormatIsNotGuessedAt() throws Exception {
        entries.put("release.json", manifest(listed(NAME, CONTENT)).replace("\"format\": 1", "\"format\": 2"));
        refuses("it has format 2, and this version of the plugin reads formats up to 1: update it");
    }

    @Test
    void anUnknownFieldAndAFieldThatStandsTwiceAreRefused() throws Exception {
        String manifest = manifest(listed(NAME, CONTENT));
        entries.put("release.json", manifest.replace("{\n", "{\n\"hook\": \"x\",\n"));
        refuses("unknown field hook");
        entries.put("release.json", manifest.replace("{\n", "{\n\"version\": \"2.0.0\",\n"));
        refuses("it is no JSON");
    }

    @Test
    void whatIsNoZipIsRefused() throws Exception {
        Files.writeString(bundle, "<html>Please log in</html>");
        refusesFile("is no sound release bundle");
        Files.delete(bundle);
        refusesFile("is no sound release bundle");
    }

    @Test
    void everyFlippedBitIsSeen() throws Exception {
        write();
        byte[] bytes = Files.readAllBytes(bundle);
        String digest = Sha256.of(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            Files.write(bundle, bytes);
            assertThatThrownBy(() -> ReleaseBundle.open(bundle, digest)).isInstanceOf(DeliveryException.class);
            bytes[i] ^= 1;
        }
    }

    @Test
    void aBundleThatChangesAfterItWasOpenedLeavesNothing() throws Exception {
        write();
        ReleaseBundle opened = ReleaseBundle.open(bundle);
        entries.put(NAME, "select 2;\n");
        write();

        assertThatThrownBy(() -> opened.unpack(directory.resolve("scratch")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("was not unpacked")
                .hasMessageContaining(NAME);
        assertThat(directory.resolve("scratch/supabase")).doesNotExist();
    }

    @Test
    void aFolderThatIsThereIsNotMixedWith() throws Exception {
        write();
        Path old = Files.createDirectories(directory.resolve("supabase/migrations")).resolve("0_old.sql");
        Files.writeString(old, "");

        assertThatThrownBy(() -> ReleaseBundle.open(bundle).unpack(directory))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("it is there already");
        assertThat(old).exists();
    }

    private void refuses(String why) throws Exception {
        write();
        refusesFile(why);
    }

    private void refusesFile(String why) {
        assertThatThrownBy(() -> ReleaseBundle.open(bundle))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(bundle + " is no sound release bundle")
                .hasMessageContaining(why)
                .hasMessageContaining("Nothing was changed.");
    }

    private void write() throws IOException {
        try (BundleWriter writer = new BundleWriter(Files.newOutputStream(bundle))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                writer.add(entry.getKey(), entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void replace(String what, String by) throws IOException {
        String bytes = Files.readString(bundle, StandardCharsets.ISO_8859_1).replace(what, by);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        Files.write(bundle, out.toByteArray());
    }

    private static String listed(String path, String content) {
        return "{\"path\": \"%s\", \"size\": %d, \"sha256\": \"%s\"}"
                .formatted(path, content.length(), Sha256.of(content));
    }

    private static String manifest(String... files) {
        List<String> lines = new ArrayList<>(List.of(files));
        return "{\n\"format\": 1, \"version\": \"1.0.0\", \"modifiedFiles\": [], \"files\": [" + String.join(",", lines)
                + "]}\n";
    }
}

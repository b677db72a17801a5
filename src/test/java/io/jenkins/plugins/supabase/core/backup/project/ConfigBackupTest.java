package io.jenkins.plugins.supabase.core.backup.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.supabase.core.backup.BackupResult;
import io.jenkins.plugins.supabase.core.backup.BackupRunner;
import io.jenkins.plugins.supabase.core.backup.BackupScope;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.restore.ConfigRestore;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.storage.StorageFixture;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SourceFile;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of a project in its backups. */
class ConfigBackupTest {
    private static final String CANARY = "canary-of-a-secret";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private StorageFixture fixture;

    @BeforeEach
    void configure() throws Exception {
        fixture = new StorageFixture(folder);
        fixture.bucket("avatars");
        Path source = Files.writeString(folder.resolve("index.ts"), "Deno.serve(() => new Response('hi'));\n");
        try (ManagementClient client = new ManagementClient(
                fixture.environment(), fixture.access().accessToken(), line -> {})) {
            String entry = "supabase/functions/hello/index.ts";
            client.activateFunctions(List.of(client.bundleFunction(new EdgeFunction(
                    "hello", entry, null, List.of(), false,
                    List.of(new SourceFile(entry, source, Files.size(source)))))));
            client.setSecrets(Map.of("API_TOKEN", new SecretText(CANARY)));
            client.updateConfig(
                    ConfigSection.AUTH,
                    JSON.createObjectNode().put("smtp_pass", CANARY).put("site_url", "https://votes.example"));
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private BackupResult backUp() throws InterruptedException {
        return new BackupRunner(fixture.backups.store, line -> {})
                .run(fixture.request(BackupScope.DATABASE, BackupScope.CONFIG));
    }

    private int restore(Path into) throws InterruptedException {
        return new ConfigRestore(fixture.backups.store).run(fixture.backups.latest(), fixture.backups.identity, into);
    }

    private static String all(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(ConfigBackupTest::text).collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void functionsSettingsBucketsAndNamesOfSecretsAreInItAndNoSecret() throws Exception {
        BackupResult made = backUp();

        assertThat(made.manifest().parts(PartKind.CONFIG)).hasSize(1);
        assertThat(fixture.backups.verify(Depth.READ, false).problems()).isEmpty();
        Path config = folder.resolve("config");
        assertThat(restore(config)).isGreaterThan(10);
        assertThat(config.resolve("functions/hello/supabase/functions/hello/index.ts"))
                .hasContent("Deno.serve(() => new Response('hi'));\n");
        JsonNode auth = JSON.readTree(config.resolve("config/auth.json").toFile());
        assertThat(auth.path("site_url").asText()).isEqualTo("https://votes.example");
        assertThat(auth.has("smtp_pass")).isFalse();
        assertThat(config.resolve("config/secret-fields.json")).content().contains("smtp_pass");
        JsonNode secret = JSON.readTree(config.resolve("secrets.json").toFile()).get(0);
        assertThat(secret.path("name").asText()).isEqualTo("API_TOKEN");
        assertThat(secret.properties()).extracting(Map.Entry::getKey).containsExactly("name", "updatedAt");
        assertThat(config.resolve("buckets.json")).content().contains("avatars");
        assertThat(config.resolve("gaps.json")).content().isEqualTo("[ ]");
        String digest = Sha256.of(CANARY);
        assertThat(all(config)).doesNotContain(CANARY).doesNotContain(digest);
        assertThatThrownBy(() -> restore(config))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void whatATokenMayNotReadIsMissingAndSaidSo() throws Exception {
        fixture.standIn.faults().always(
                "GET /v1/projects/*/config/auth", Fault.forbidden("auth_config_read"));

        BackupResult made = backUp();

        assertThat(made.manifest().notes()).anyMatch(note -> note.startsWith("The backup lacks the settings of section"
                + " auth"));
        Path config = folder.resolve("config");
        restore(config);
        assertThat(config.resolve("config/auth.json")).doesNotExist();
        assertThat(config.resolve("gaps.json")).content().contains("section auth");
    }

    @Test
    void aDatabaseIsBackedUpWhereTheApiLetsNobodyIn() throws Exception {
        fixture.standIn.revokeToken(fixture.standIn.accessToken());

        BackupResult made = backUp();

        assertThat(made.problems()).singleElement().asString().contains("no configuration of the project");
        assertThat(made.manifest().parts(PartKind.EVIDENCE)).hasSize(1);
    }
}

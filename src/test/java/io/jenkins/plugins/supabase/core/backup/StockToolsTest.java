package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.ManifestJson;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.storage.StorageFixture;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of docs/backup-format.md, as it stands there, with keys that age-keygen and openssl made. */
class StockToolsTest {
    @TempDir
    private Path folder;

    @Test
    void theScriptRestores() throws Exception {
        for (String tool : List.of("age", "zstd", "psql", "openssl")) {
            assumeThat(run(List.of("sh", "-c", "command -v " + tool), "").code()).as(tool).isZero();
        }
        Path identityFile = folder.resolve("identity");
        assertThat(run(List.of("age-keygen", "-o", identityFile.toString()), "").code()).isZero();
        Path signing = folder.resolve("signing.pem");
        Path verification = folder.resolve("verification.pem");
        run(List.of("openssl", "genpkey", "-algorithm", "ed25519", "-out", signing.toString()), "");
        run(List.of("openssl", "pkey", "-in", signing.toString(), "-pubout", "-out", verification.toString()), "");
        AgeIdentity identity = AgeIdentity.parse(new SecretText(Files.readString(identityFile)));
        assertThat(Files.readString(identityFile)).contains("# public key: " + identity.recipient());
        BackupFixture fixture = new BackupFixture(folder);
        TestDatabase source = BackupFixture.nastyDatabase();
        BackupRequest given = fixture.request(source);
        BackupResult made = new BackupRunner(fixture.store, line -> {}).run(new BackupRequest(
                given.environment(), given.access(), List.of(identity.recipient()),
                SigningKey.parse(new SecretText(Files.readString(signing))), 2, 2, "test"));
        TestDatabase target = TestDatabase.create();

        Ran ran = run(
                List.of("bash", script().toString(), fixture.folders.get(0).toString(), "production", made.manifest()
                        .id(),
                        identityFile.toString(), verification.toString()),
                target.name(), "PGPORT", String.valueOf(target.port()));

        assertThat(ran.code()).as(ran.output()).isZero();
        String hash = "SELECT count(*) || ' ' || md5(string_agg(t::text, '' ORDER BY t::text)) FROM %s t";
        for (String table : List.of("values_", "\"Schéma \"\"x\"\"\".\"Täbel 表; --\"", "measures", "nothing",
                "\"line\nfeed\"",
                "auth.users", "counts", "pg_largeobject")) {
            assertThat(target.query(hash.formatted(table))).as(table).isEqualTo(source.query(hash.formatted(table)));
        }
        String sequences = "SELECT string_agg(s::text, ' ' ORDER BY s::text) FROM pg_sequences s";
        assertThat(target.query(sequences)).isEqualTo(source.query(sequences));

        Path manifest = fixture.folders.get(0).resolve("backups/production/manifests/" + made.manifest().id()
                + ".json");
        byte[] bytes = Files.readAllBytes(manifest);
        assertThat(ManifestJson.write(ManifestJson.read(bytes))).isEqualTo(bytes);
        bytes[100] ^= 1;
        Files.write(manifest, bytes);
        assertThat(run(
                        List.of("bash", script().toString(), fixture.folders.get(0).toString(), "production",
                                made.manifest().id(), identityFile.toString(), verification.toString()),
                        target.name(), "PGPORT", String.valueOf(target.port()))
                .output())
                .contains("Verification Failure");
    }

    @Test
    void theScriptForObjectsRestores() throws Exception {
        for (String tool : List.of("age", "zstd", "tar")) {
            assumeThat(run(List.of("sh", "-c", "command -v " + tool), "").code()).as(tool).isZero();
        }
        Path identityFile = folder.resolve("identity");
        assertThat(run(List.of("age-keygen", "-o", identityFile.toString()), "").code()).isZero();
        AgeIdentity identity = AgeIdentity.parse(new SecretText(Files.readString(identityFile)));
        byte[] large = new byte[10 << 20];
        new Random(1).nextBytes(large);
        try (StorageFixture fixture = new StorageFixture(folder)) {
            fixture.bucket("avatars");
            fixture.project.objects().put("avatars", "large", large, "video/mp4");
            fixture.project.objects().put("avatars", "Ünï/a \"quoted\" \\ name", new byte[] {1, 2}, "text/plain");
            fixture.project.objects().put("avatars", "gone", new byte[] {3}, "text/plain");
            BackupRequest given = fixture.request();
            BackupResult made = new BackupRunner(fixture.backups.store, line -> {}).run(new BackupRequest(
                    given.environment(), given.access(), List.of(identity.recipient()), given.signingKey(), 2, 2,
                    "test"));
            Path target = folder.resolve("objects");

            Ran ran = run(
                    List.of("bash", script("objects.sh").toString(), fixture.backups.folders.get(0).toString(),
                            "production", made.manifest().id(), identityFile.toString(), target.toString()),
                    "");

            assertThat(ran.code()).as(ran.output()).isZero();
            assertThat(target.resolve("avatars/large")).hasBinaryContent(large);
            assertThat(target.resolve("avatars/Ünï/a \"quoted\" \\ name")).hasBinaryContent(new byte[] {1, 2});
        }
    }

    private Path script() throws IOException {
        return script("restore.sh");
    }

    private Path script(String name) throws IOException {
        Matcher block = Pattern.compile("```bash\n(#!/bin/bash\n# " + name + ".*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/backup-format.md")));
        assertThat(block.find()).isTrue();
        assertThat(block.group(1).lines().count()).isLessThanOrEqualTo(20);
        return Files.writeString(folder.resolve(name), block.group(1));
    }

    private record Ran(int code, String output) {}

    private Ran run(List<String> command, String database, String... more) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGUSER", LocalPostgres.USER);
        builder.environment().put("PGPASSWORD", LocalPostgres.PASSWORD);
        builder.environment().put("PGDATABASE", database);
        for (int i = 0; i < more.length; i += 2) {
            builder.environment().put(more[i], more[i + 1]);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}

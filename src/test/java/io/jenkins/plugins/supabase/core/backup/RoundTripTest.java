package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.Verification;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A nasty database, there and back. */
class RoundTripTest {
    @TempDir
    private Path folder;

    private BackupFixture fixture;
    private TestDatabase source;

    @BeforeEach
    void create() throws Exception {
        fixture = new BackupFixture(folder);
        source = BackupFixture.nastyDatabase();
    }

    @AfterEach
    void dropRestored() throws Exception {
        TestDatabase.create().execute("DROP DATABASE IF EXISTS restored");
    }

    @Test
    void dumpOfTheRestoredIsDumpOfTheSource() throws Exception {
        fixture.backUp(source);

        fixture.restore(BackupFixture.urlOfNew(source, "restored"), fixture.identity);

        assertThat(dump("restored")).isEqualTo(dump(source.name()));
    }

    @Test
    void aDrillProvesIt() throws Exception {
        fixture.backUp(source);

        Verification drill = fixture.verify(Depth.RESTORE, false);

        assertThat(drill.problems()).isEmpty();
        assertThat(drill.rto()).isPositive();
        assertThat(fixture.store.verifications(fixture.latest())).hasSize(1).first().asString()
                .contains("\"depth\":\"restore\"", "\"sound\":true", "rtoSeconds");
    }

    @Test
    void theSecondRecipientOpensItAndAStrangerDoesNot() throws Exception {
        fixture.backUp(source);

        assertThatThrownBy(() -> fixture.restore(BackupFixture.urlOfNew(source, "restored"),
                BackupFixture.newIdentity()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("None of its data was read and nothing was changed");
        assertThat(source.query("SELECT 1 FROM pg_database WHERE datname = 'restored'")).isEmpty();

        fixture.restore(BackupFixture.urlOfNew(source, "restored"), fixture.second);
        assertThat(source.query("SELECT 1 FROM pg_database WHERE datname = 'restored'")).hasSize(1);
    }

    @Test
    void whatThePlatformMakesAnewIsLeftOutAndSaid() throws Exception {
        BackupResult result = fixture.backUp(source);

        assertThat(result.manifest().notes())
                .anyMatch(note -> note.contains("auth.schema_migrations, vault.secrets"));
        assertThat(result.manifest().parts()).extracting(part -> part.schema() + "." + part.table())
                .contains("auth.users")
                .doesNotContain("vault.secrets", "auth.schema_migrations");
    }

    @Test
    void aDatabaseThatIsNotEmptyIsRefused() throws Exception {
        fixture.backUp(source);

        assertThatThrownBy(() -> fixture.restore(source.url(), fixture.identity))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("is not empty: it has");
    }

    @Test
    void noRowIsReadableInWhatIsStored() throws Exception {
        fixture.backUp(source);

        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("somebody@example.org", "touched; by trigger", LocalPostgres.PASSWORD + "\"");
            }
        }
    }

    /** Rows in the order of a sort: what a table's physical order is, parallel loading decides. */
    private List<String> dump(String database) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "pg_dump", "-h", "127.0.0.1", "-p", String.valueOf(source.port()), "-U", LocalPostgres.USER,
                        "--exclude-table-data=auth.schema_migrations", "--exclude-table-data=vault.secrets", database)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PGPASSWORD", LocalPostgres.PASSWORD);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        Pattern key = Pattern.compile("\\\\(un)?restrict .*");
        return text.lines().filter(line -> !key.matcher(line).matches()).toList();
    }
}

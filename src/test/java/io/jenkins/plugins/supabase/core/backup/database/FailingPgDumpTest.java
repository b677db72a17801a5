package io.jenkins.plugins.supabase.core.backup.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pg_dump that fails, is killed, or writes half a schema and warns. */
@Timeout(60)
class FailingPgDumpTest {
    private static final String HELD = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database ="
            + " (SELECT oid FROM pg_database WHERE datname = current_database())";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "echo 'CREATE TABLE'; exit 1|ended with 1 and said: nothing",
        "echo 'CREATE TABLE'; echo 'warning: no privilege' >&2|ended with 0 and said: warning: no privilege",
        "echo 'CREATE TABLE'; kill -9 $$|ended with 137 and said: nothing",
        "echo 'pg_dump: error: permission denied' >&2; exit 1|said: pg_dump: error: permission denied"
    })
    void endsTheBackup(String script, String said) throws Exception {
        TestDatabase source = TestDatabase.create();
        source.execute("CREATE TABLE t (a int)");
        Path pgDump = Files.writeString(folder.resolve("pg_dump"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(pgDump, PosixFilePermissions.fromString("rwx------"));
        DatabaseBackup backup = new DatabaseBackup(
                source::connect, Map.of(), pgDump, List.of(BackupFixture.newIdentity().recipient()), 1, part -> {},
                line -> {});

        assertThatThrownBy(backup::run)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll(said, "Nothing of this backup is listed");
        // It holds neither its lock nor its snapshot any longer, once the server has noticed.
        while (!source.query(HELD).isEmpty()) {
            Thread.sleep(20);
        }
    }
}

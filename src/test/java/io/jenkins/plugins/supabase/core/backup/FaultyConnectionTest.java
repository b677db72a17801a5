package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.FaultProxy;
import io.jenkins.plugins.supabase.testing.FaultProxy.Fault;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections to PostgreSQL that end, hang, or bring other bytes, at several points of a backup and of a restore. */
@Timeout(120)
class FaultyConnectionTest {
    /** Of what the server sends: while the catalogue is read, within rows, and near the end. */
    private static final List<Long> POINTS = List.of(30_000L, 400_000L, 2_000_000L);

    private static final String ROWS = "SELECT md5(string_agg(t::text, ' ' ORDER BY id)) FROM t";

    @TempDir
    private Path folder;

    private BackupFixture fixture;
    private TestDatabase source;
    private FaultProxy proxy;

    @BeforeEach
    void create() throws Exception {
        fixture = new BackupFixture(folder);
        source = TestDatabase.create();
        source.execute("CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u FROM generate_series(1, 60000) g;"
                + "CREATE TABLE s (a int PRIMARY KEY); INSERT INTO s SELECT generate_series(1, 100)");
        proxy = new FaultProxy(source.port());
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        TestDatabase.create().execute("DROP DATABASE IF EXISTS through_proxy WITH (FORCE)");
    }

    private Environment through(String database) {
        return BackupFixture.environment("postgresql://127.0.0.1:" + proxy.port() + "/" + database);
    }

    private BackupResult backUp() throws InterruptedException {
        BackupRequest asked = fixture.request(source);
        return new BackupRunner(fixture.store, line -> {}).run(new BackupRequest(
                through(source.name()), asked.access(), asked.recipients(), asked.signingKey(), 1, 2, "test"));
    }

    private void requireWholeBackup() throws Exception {
        proxy.after(0, Fault.NONE);
        awaitUnlocked();
        backUp();
        assertThat(source.query(ROWS)).containsExactly(fixture.askRestored(fixture.store, source, ROWS));
        assertThat(fixture.latest().manifest().rows()).isEqualTo(60_100);
    }

    /** The server notices that a client is gone when it next writes to it. */
    private void awaitUnlocked() throws Exception {
        while (!source.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database ="
                + " (SELECT oid FROM pg_database WHERE datname = current_database())").isEmpty()) {
            Thread.sleep(50);
        }
    }

    @Test
    void aBackupWhoseConnectionIsCutIsNotListedAndTheNextOneIsWhole() throws Exception {
        for (long bytes : POINTS) {
            proxy.after(bytes, Fault.CUT);

            assertThatThrownBy(this::backUp).isInstanceOf(DeliveryException.class);
            assertThat(proxy.hasHappened()).isTrue();
            assertThat(fixture.store.list(fixture.signingKey.verificationKey()).backups()).isEmpty();
            proxy.after(0, Fault.NONE);
            awaitUnlocked();
        }
        requireWholeBackup();
    }

    @Test
    void aBackupWhoseConnectionHangsEndsWhenItIsStopped() throws Exception {
        proxy.after(1_000_000, Fault.STALL);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread backup = new Thread(() -> {
            try {
                backUp();
                ended.complete(null);
            } catch (Throwable e) {
                ended.complete(e);
            }
        });
        backup.start();
        while (!proxy.hasHappened()) {
            Thread.sleep(20);
        }
        backup.interrupt();

        assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(fixture.store.list(fixture.signingKey.verificationKey()).backups()).isEmpty();
        requireWholeBackup();
    }

    @Test
    void aRestoreWhoseConnectionIsCutLeavesNoDatabaseAndTheNextOneIsWhole() throws Exception {
        fixture.backUp(source);
        for (long bytes : List.of(500L, 3_000L, 5_000L)) {
            proxy.after(bytes, Fault.CUT);

            assertThatThrownBy(this::restore).isInstanceOf(DeliveryException.class);
            assertThat(proxy.hasHappened()).isTrue();
            proxy.after(0, Fault.NONE);
            TestDatabase.create().execute("DROP DATABASE IF EXISTS through_proxy WITH (FORCE)");
        }
        restore();
        try (Connection restored = DriverManager.getConnection(
                        "jdbc:" + BackupFixture.urlOfNew(source, "through_proxy"), LocalPostgres.USER,
                        LocalPostgres.PASSWORD);
                ResultSet row = restored.createStatement().executeQuery(ROWS)) {
            row.next();
            assertThat(source.query(ROWS)).containsExactly(row.getString(1));
        }
    }

    /** Without TLS, a flipped bit in a row is a row like any other: whoever sees it, sees the database's checksums. */
    @Test
    void aFlippedBitEndsABackupByTls() throws Exception {
        Path key = folder.resolve("server.key");
        Path certificate = folder.resolve("server.crt");
        assertThat(new ProcessBuilder("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj",
                        "/CN=127.0.0.1", "-keyout", key.toString(), "-out", certificate.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()).isZero();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("ssl", "on")
                        .setServerConfig("ssl_cert_file", certificate.toString())
                        .setServerConfig("ssl_key_file", key.toString())
                        .start();
                FaultProxy flipping = new FaultProxy(server.getPort())) {
            String rows;
            try (Connection connection = server.getPostgresDatabase().getConnection()) {
                connection.createStatement().execute(
                        "CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u FROM generate_series(1, 60000) g");
                ResultSet row = connection.createStatement().executeQuery(ROWS);
                row.next();
                rows = row.getString(1);
            }
            BackupRequest asked = fixture.request(source);
            BackupRequest request = new BackupRequest(
                    BackupFixture.environment(
                            "postgresql://127.0.0.1:" + flipping.port() + "/postgres?sslmode=require"),
                    asked.access(), asked.recipients(), asked.signingKey(), 1, 2, "test");
            for (long bytes : POINTS.subList(0, 2)) {
                flipping.after(bytes, Fault.FLIP);

                assertThatThrownBy(() -> new BackupRunner(fixture.store, line -> {}).run(request))
                        .isInstanceOf(DeliveryException.class);
                assertThat(flipping.hasHappened()).isTrue();
                assertThat(fixture.store.list(fixture.signingKey.verificationKey()).backups()).isEmpty();
            }
            flipping.after(0, Fault.NONE);
            new BackupRunner(fixture.store, line -> {}).run(request);
            assertThat(fixture.askRestored(fixture.store, source, ROWS)).isEqualTo(rows);
        }
    }

    private void restore() throws InterruptedException {
        new BackupRestorer(fixture.store, 2, line -> {}).run(
                fixture.latest(), fixture.identity, RestoreChoice.EVERYTHING, through("through_proxy"),
                BackupFixture.ACCESS);
    }
}

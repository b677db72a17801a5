package io.jenkins.plugins.supabase.core.backup;

import com.exceptionfactory.jagged.bech32.Bech32;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.restore.Verification;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Two destinations, keys, and the calls that tests of backups make. */
public final class BackupFixture {
    public static final Access ACCESS =
            new Access(null, LocalPostgres.USER, new SecretText(LocalPostgres.PASSWORD), null);

    public final AgeIdentity identity = newIdentity();
    public final AgeIdentity second = newIdentity();
    public final String signingText = newSigningKeyText();
    public final SigningKey signingKey = SigningKey.parse(new SecretText(signingText));
    public final List<Path> folders = new ArrayList<>();
    public final BackupStore store;
    public final List<String> log = new ArrayList<>();

    public BackupFixture(Path folder) throws IOException {
        for (String name : List.of("near", "far")) {
            folders.add(Files.createDirectories(folder.resolve(name)));
        }
        store = new BackupStore("production", folders.stream()
                .map(path -> (Destination)
                        new FolderDestination(path.getFileName().toString(), "", path))
                .toList());
    }

    public static AgeIdentity newIdentity() {
        return AgeIdentity.parse(new SecretText(newIdentityText()));
    }

    /** @return as age-keygen prints it */
    public static String newIdentityText() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Bech32.getEncoder().encode("AGE-SECRET-KEY-", key).toString().toUpperCase(Locale.ROOT);
    }

    public static SigningKey newSigningKey() {
        return SigningKey.parse(new SecretText(newSigningKeyText()));
    }

    public static String newSigningKeyText() {
        try {
            byte[] der = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return PEM of the verification key, in one line */
    public static String publicHalf(String signingKey) throws Exception {
        Process openssl = new ProcessBuilder("openssl", "pkey", "-pubout").start();
        try (OutputStream in = openssl.getOutputStream()) {
            in.write(signingKey.getBytes(StandardCharsets.US_ASCII));
        }
        byte[] pem = openssl.getInputStream().readAllBytes();
        return new String(pem, StandardCharsets.US_ASCII).replace('\n', ' ').strip();
    }

    public static TestDatabase nastyDatabase() throws SQLException {
        TestDatabase database = TestDatabase.create();
        database.execute("DO $$BEGIN CREATE ROLE nasty_reader NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL;"
                + " END$$");
        database.execute(resource("nasty.sql"));
        try (Connection connection = database.connect()) {
            // pgjdbc takes the body of BEGIN ATOMIC for statements of its own.
            RawScript.run(connection, resource("kinds.sql"));
        }
        return database;
    }

    static String resource(String name) {
        try (InputStream stream = BackupFixture.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Environment environment(String url) {
        return new Environment("production", null, null, null, url);
    }

    public BackupRequest request(TestDatabase database) {
        List<AgeRecipient> recipients = List.of(identity.recipient(), second.recipient());
        return new BackupRequest(environment(database.url()), ACCESS, recipients, signingKey, 1, 2, "test");
    }

    public BackupResult backUp(TestDatabase database) throws InterruptedException {
        return new BackupRunner(store, this::log).run(request(database));
    }

    /** @return what is wrong with the files of the latest backup there */
    public List<String> damages(Destination destination) throws InterruptedException {
        BackupStore one = new BackupStore("production", List.of(destination));
        StoredBackup backup = one.find(BackupStore.LATEST, signingKey.verificationKey());
        return new BackupVerifier(one, ScratchServers.onThisMachine(), 2, this::log)
                .run(backup, Depth.HASHES, null, false)
                .problems();
    }

    public StoredBackup latest() throws InterruptedException {
        return store.find(BackupStore.LATEST, signingKey.verificationKey());
    }

    public Verification verify(Depth depth, boolean repair) throws InterruptedException {
        return new BackupVerifier(store, ScratchServers.onThisMachine(), 2, this::log)
                .run(latest(), depth, depth == Depth.HASHES ? null : identity, repair);
    }

    public BackupRestorer.Result restore(String url, AgeIdentity with) throws InterruptedException {
        return restore(url, with, RestoreChoice.EVERYTHING);
    }

    public BackupRestorer.Result restore(String url, AgeIdentity with, RestoreChoice choice)
            throws InterruptedException {
        return new BackupRestorer(store, 2, this::log).run(latest(), with, choice, environment(url), ACCESS);
    }

    /** Restores the newest backup into a database of its own, asks that one, and drops it: faster than a drill. */
    public String askRestored(BackupStore from, TestDatabase server, String query) throws Exception {
        String name = server.name() + "_asked";
        String url = urlOfNew(server, name);
        new BackupRestorer(from, 2, this::log).run(
                from.find(BackupStore.LATEST, signingKey.verificationKey()), identity, RestoreChoice.EVERYTHING,
                environment(url), ACCESS);
        try (Connection restored =
                        DriverManager.getConnection("jdbc:" + url, LocalPostgres.USER, LocalPostgres.PASSWORD);
                ResultSet row = restored.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1);
        } finally {
            TestDatabase.create().execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    /** @return a database of the same server that does not exist */
    public static String urlOfNew(TestDatabase database, String name) {
        return database.url().replaceFirst("/[^/]*$", "/" + name);
    }

    private void log(String line) {
        synchronized (log) {
            log.add(line);
        }
    }
}

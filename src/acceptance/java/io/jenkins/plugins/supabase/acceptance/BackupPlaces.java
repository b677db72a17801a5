package io.jenkins.plugins.supabase.acceptance;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL with one database, two folders, and keys: what the example's configuration of backups names. */
final class BackupPlaces implements AutoCloseable {
    static final Path EXAMPLE = Path.of("docs/examples/backups");
    static final String CANARY_ROW = "canary-row-in-the-coal-mine";

    final LocalPostgres postgres = LocalPostgres.start();
    final Map<String, String> values = new LinkedHashMap<>();
    private final Path folder;

    BackupPlaces(Path folder) throws Exception {
        this.folder = folder;
        postgres.createDatabase("shop");
        execute("create table customers (id int primary key, note text);"
                + " insert into customers values (1, '" + CANARY_ROW + "'), (2, 'tea')");
        KeyPair reader = new X25519KeyPairGenerator().generateKeyPair();
        KeyPair signer = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        values.put("PRODUCTION_DATABASE_URL", postgres.url("shop"));
        values.put("PRODUCTION_DB_PASSWORD", LocalPostgres.PASSWORD);
        values.put("BACKUP_RECIPIENT", text(reader.getPublic()));
        values.put("BACKUP_BREAK_GLASS_RECIPIENT", text(new X25519KeyPairGenerator().generateKeyPair().getPublic()));
        values.put("BACKUP_SIGNING_KEY", pem("PRIVATE KEY", signer.getPrivate()));
        values.put("BACKUP_VERIFICATION_KEY", pem("PUBLIC KEY", signer.getPublic()));
        values.put("BACKUP_IDENTITY", text(reader.getPrivate()));
        for (String name : List.of("NEAR", "FAR")) {
            values.put("BACKUP_" + name, Files.createDirectories(folder.resolve(name)).toString());
        }
    }

    private static String text(Key key) {
        return new String(key.getEncoded(), StandardCharsets.US_ASCII);
    }

    /** In one line, as a field for a secret has one only. */
    private static String pem(String label, Key key) throws GeneralSecurityException {
        return "-----BEGIN " + label + "----- " + Base64.getEncoder().encodeToString(key.getEncoded()) + " -----END "
                + label + "-----";
    }

    void configureJenkins() throws Exception {
        String yaml = Files.readString(EXAMPLE.resolve("jenkins.yaml"));
        for (Map.Entry<String, String> value : values.entrySet()) {
            yaml = yaml.replace("${" + value.getKey() + "}", value.getValue());
        }
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toUri().toURL().toString());
        Files.delete(file);
    }

    /** @return what must be in no log, file or unencrypted part */
    List<String> canaries() {
        return List.of(
                CANARY_ROW,
                values.get("BACKUP_IDENTITY"),
                values.get("BACKUP_SIGNING_KEY").split(" ")[3]);
    }

    /** @return files below the folder that hold one of the canaries */
    List<Path> filesWithCanaries(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(this::holdsCanary).toList();
        }
    }

    private boolean holdsCanary(Path file) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return canaries().stream().anyMatch(content::contains);
        } catch (IOException e) {
            return false;
        }
    }

    /** @return ids of manifests, in both places together */
    List<String> listed() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{6}-.*\\.json"))
                    .sorted()
                    .toList();
        }
    }

    void execute(String sql) throws Exception {
        try (var connection = postgres.connect("shop");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> query(String sql) throws Exception {
        return SupabaseServers.query(postgres, "shop", sql);
    }

    /** Returns once a backup waits for the lock that somebody holds on a table. */
    void awaitWaiting() throws Exception {
        for (int i = 0; i < 1_800; i++) {
            if (!query("select 1 from pg_stat_activity where wait_event_type = 'Lock'").isEmpty()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("No backup waits");
    }

    @Override
    public void close() {
        postgres.close();
    }
}

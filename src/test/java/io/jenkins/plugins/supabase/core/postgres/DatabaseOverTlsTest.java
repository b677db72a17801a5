package io.jenkins.plugins.supabase.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** As all databases of Supabase are reached. */
class DatabaseOverTlsTest {
    private static final String ROWS = "SELECT g, md5(g::text) FROM generate_series(1, 50000) g";
    private static final String EXPECTED =
            "SELECT encode(sha256(convert_to(string_agg(g || chr(9) || md5(g::text) || chr(10), '' ORDER BY g), 'UTF8')),"
                    + " 'hex') FROM generate_series(1, 50000) g";

    @TempDir
    private Path folder;

    @Test
    void readsManyRowsAndVerifiesWhoSendsThem() throws Exception {
        Path certificate = folder.resolve("server.crt");
        Path key = folder.resolve("server.key");
        makeCertificate(certificate, key);
        try (LocalPostgres server = LocalPostgres.start(null, Map.of(
                "ssl", "on", "ssl_cert_file", certificate.toString(), "ssl_key_file", key.toString()))) {
            String url = server.url("postgres") + "?sslmode=verify-full&sslrootcert=" + certificate;
            try (Connection connection = Database.open(
                            new Environment("staging", null, Environment.DEFAULT_MANAGEMENT_URL, null, url),
                            new Access(null, LocalPostgres.USER, new SecretText(LocalPostgres.PASSWORD), null));
                    Statement statement = connection.createStatement()) {
                assertThat(text(statement, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).isEqualTo("t");
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI()
                        .copyOut("COPY (" + ROWS + ") TO STDOUT");
                for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                    digest.update(row);
                }
                assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(text(statement, EXPECTED));
            }
        }
    }

    private static String text(Statement statement, String query) throws Exception {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void makeCertificate(Path certificate, Path key) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                        key.toString(), "-out", certificate.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }
}

package io.jenkins.plugins.supabase.core.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupRunner;
import io.jenkins.plugins.supabase.core.backup.BackupScope;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.StorageRestore;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One object that is larger than the memory, there and back: {@code -Dbackup.object=5000 -Dbackup.object.heap=256} (MB)
 * for as large a one as Storage takes. Its noise is made while it is read, by a storage that keeps nothing.
 */
class LargeObjectTest {
    private static final long MEGABYTES = Integer.getInteger("backup.object", 72);
    private static final int HEAP = Integer.getInteger("backup.object.heap", 64);
    /** What a virtual machine needs beside its heap: code, classes, threads, buffers of zstd and of sockets. */
    private static final int BESIDE_HEAP = 128;
    private static final int BLOCK_BYTES = 4 << 20;
    private static final long SIZE = MEGABYTES << 20;
    private static final String OBJECT = "/storage/v1/object/";

    @TempDir
    private Path folder;

    private final byte[] noise = new byte[BLOCK_BYTES];
    private HttpServer server;
    private volatile String uploaded = "";

    @BeforeEach
    void serve() throws IOException {
        new Random(5).nextBytes(noise);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.equals("/storage/v1/bucket")) {
                byte[] buckets = "[{\"id\":\"files\",\"name\":\"files\"}]".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, buckets.length);
                exchange.getResponseBody().write(buckets);
            } else if (exchange.getRequestMethod().equals("GET") && path.equals(OBJECT + "authenticated/files/large")) {
                exchange.sendResponseHeaders(200, SIZE);
                write(exchange.getResponseBody());
            } else if (exchange.getRequestMethod().equals("POST") && path.equals(OBJECT + "files/large")) {
                uploaded = Sha256.of(exchange.getRequestBody());
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(400, -1);
            }
        }
    }

    /** All blocks differ, and none can be compressed. */
    private void write(OutputStream out) throws IOException {
        for (long at = 0; at < SIZE; at += BLOCK_BYTES) {
            out.write(ByteBuffer.allocate(Long.BYTES).putLong(at).array());
            out.write(noise, Long.BYTES, BLOCK_BYTES - Long.BYTES);
        }
    }

    private String sha256() throws IOException {
        MessageDigest digest = Sha256.digest();
        write(new OutputStream() {
            @Override
            public void write(int b) {
                digest.update((byte) b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                digest.update(bytes, offset, length);
            }
        });
        return Sha256.hex(digest);
    }

    @Test
    void memoryDoesNotGrowWithTheSizeOfAnObject() throws Exception {
        assertThat(SIZE).as("larger than the memory").isGreaterThan((long) HEAP << 20);
        assertThat(SIZE % BLOCK_BYTES).isZero();
        TestDatabase database = StorageFixture.database();
        database.execute("INSERT INTO storage.buckets (id, name) VALUES ('files', 'files');"
                + "INSERT INTO storage.objects (bucket_id, name, version, metadata) VALUES ('files', 'large', 'v1',"
                + " jsonb_build_object('size', " + SIZE + "::bigint, 'mimetype', 'application/octet-stream'))");
        Path log = folder.resolve("log.txt");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + HEAP + "m",
                        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        ThereAndBack.class.getName(),
                        Files.createDirectories(folder.resolve("near")).toString(), database.url(),
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        Files.writeString(folder.resolve("identity.txt"), BackupFixture.newIdentityText()).toString(),
                        Files.writeString(folder.resolve("signing.pem"), BackupFixture.newSigningKeyText()).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        assertThat(code).as(said).isZero();
        System.out.print("An object of " + MEGABYTES + " MB at -Xmx" + HEAP + "m\n" + said);

        assertThat(uploaded).isEqualTo(sha256());
        for (String line : said.lines().toList()) {
            assertThat(Integer.parseInt(line.replaceAll(".*, (\\d+) MB$", "$1"))).as(line)
                    .isLessThanOrEqualTo(HEAP + BESIDE_HEAP);
        }
    }

    /** A process with little memory. */
    static final class ThereAndBack {
        private static long start = System.nanoTime();

        private ThereAndBack() {}

        public static void main(String[] arguments) throws Exception {
            BackupStore store = new BackupStore(
                    "production", List.of(new FolderDestination("near", "", Path.of(arguments[0]))));
            Environment environment =
                    new Environment("production", StorageFixture.REF, arguments[2], arguments[2], arguments[1]);
            Access access = new Access(
                    null, BackupFixture.ACCESS.databaseUser(), BackupFixture.ACCESS.databasePassword(),
                    new SecretText("sb_secret_of_a_test"));
            AgeIdentity identity = AgeIdentity.parse(new SecretText(Files.readString(Path.of(arguments[3]))));
            SigningKey key = SigningKey.parse(new SecretText(Files.readString(Path.of(arguments[4]))));

            List<String> problems = new BackupRunner(store, line -> {}).run(new BackupRequest(
                    environment, access, List.of(identity.recipient()), key, 1, 2, "test",
                    EnumSet.of(BackupScope.DATABASE, BackupScope.STORAGE), ManagementOptions.DEFAULT)).problems();
            tell("backup", problems);
            StoredBackup made = store.find(BackupStore.LATEST, key.verificationKey());
            tell("verification", new BackupVerifier(store, ScratchServers.onThisMachine(), 2, line -> {})
                    .run(made, Depth.READ, identity, false)
                    .problems());
            new StorageRestore(store, false, ManagementOptions.DEFAULT, line -> {})
                    .run(made, identity, environment, access);
            tell("restore", List.of());
        }

        private static void tell(String what, List<String> problems) throws IOException {
            if (!problems.isEmpty()) {
                throw new IllegalStateException(problems.toString());
            }
            String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("\\D", "");
            System.out.println("%s: %.1f s, most memory so far, %d MB".formatted(
                    what, (System.nanoTime() - start) / 1e9, Long.parseLong(peak) >> 10));
            start = System.nanoTime();
        }
    }
}

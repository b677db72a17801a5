package io.jenkins.plugins.supabase.core.scratch;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server of its own on 127.0.0.1, with a random password and without any promise to keep data. A shell guards it:
 * when its standard input closes, because this object was closed or because this process was killed, it ends the server
 * and deletes the folder.
 */
final class AgentServer implements ScratchServer {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ATTEMPTS = 3;
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 10;
    private static final long POLL_MILLIS = 50;

    /** Folder, port, program. Signals of a terminal reach the whole group; the guard outlives them to clean up. */
    private static final String GUARD =
            """
            trap : INT TERM HUP
            "$3" -D "$1/data" -p "$2" \
              -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=20 \
              -c max_locks_per_transaction=2048 -c shared_buffers=32MB -c wal_level=minimal -c max_wal_senders=0 \
              -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off \
              -c log_min_error_statement=panic > "$1/log" 2>&1 < /dev/null &
            server=$!
            echo $server > "$1/pid"
            cat > /dev/null
            kill -QUIT $server
            wait $server
            rm -rf "$1"
            """;

    private final ScratchFolder folder;
    private final Process guard;
    private final ServerAddress address;
    private final int majorVersion;
    private final String description;

    private AgentServer(
            ScratchFolder folder, Process guard, ServerAddress address, int majorVersion, String description) {
        this.folder = folder;
        this.guard = guard;
        this.address = address;
        this.majorVersion = majorVersion;
        this.description = description;
    }

    static AgentServer start(PostgresPrograms programs, String user) throws NoScratchServer, InterruptedException {
        ScratchFolder.removeStale();
        OtherUser as = OtherUser.ifRoot();
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(programs, as, user);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                // Another process may have taken the port that was free a moment ago.
                if (attempt == ATTEMPTS) {
                    throw new NoScratchServer("A PostgreSQL server could not be started on this agent from "
                            + programs.directory() + ": " + e.getMessage() + ".", e);
                }
            }
        }
    }

    private static AgentServer startOnce(PostgresPrograms programs, OtherUser as, String user)
            throws IOException, InterruptedException {
        ScratchFolder folder = ScratchFolder.create(as);
        Process guard = null;
        try {
            SecretText password = password();
            initialise(programs, as, folder.path(), user, password);
            int port = freePort();
            guard = new ProcessBuilder(as.command(List.of(
                            "/bin/sh", "-c", GUARD, "sh", folder.path().toString(), String.valueOf(port),
                            programs.directory().resolve("postgres").toString())))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ServerAddress address =
                    new ServerAddress("postgresql://127.0.0.1:" + port + "/postgres", user, password);
            String version = awaitVersion(address, folder.path(), guard);
            return new AgentServer(
                    folder, guard, address, programs.majorVersion(), "PostgreSQL " + version + " on this agent");
        } catch (IOException | InterruptedException | RuntimeException e) {
            stop(guard, folder);
            throw e;
        }
    }

    private static void initialise(
            PostgresPrograms programs, OtherUser as, Path folder, String user, SecretText password)
            throws IOException, InterruptedException {
        Path passwordFile = folder.resolve("password");
        Files.createFile(passwordFile);
        as.own(passwordFile);
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(passwordFile, password.reveal());
        Output output = Output.of(as.command(List.of(
                programs.directory().resolve("initdb").toString(), "-D", folder.resolve("data").toString(), "-U", user,
                "--pwfile", passwordFile.toString(), "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C",
                "--no-sync")));
        Files.delete(passwordFile);
        if (!output.succeeded()) {
            throw new IOException("initdb said: " + lastLine(output.text()));
        }
    }

    private static String awaitVersion(ServerAddress address, Path folder, Process guard)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Connection connection = address.open(null)) {
                return connection.getMetaData().getDatabaseProductVersion().replaceFirst(" .*", "");
            } catch (DeliveryException | SQLException e) {
                if (!guard.isAlive() || hasEnded(folder) || System.nanoTime() > deadline) {
                    throw new IOException("it did not come up: " + log(folder), e);
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static boolean hasEnded(Path folder) {
        try {
            String pid = Files.readString(folder.resolve("pid")).strip();
            return !pid.isEmpty() && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static String log(Path folder) {
        try {
            return lastLine(new String(Files.readAllBytes(folder.resolve("log")), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return "it left no log";
        }
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce("nothing", (first, second) -> second).strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static SecretText password() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return new SecretText(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public int majorVersion() {
        return majorVersion;
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return address.connect(database);
    }

    @Override
    public void close() {
        stop(guard, folder);
    }

    private static void stop(Process guard, ScratchFolder folder) {
        boolean interrupted = Thread.interrupted();
        try {
            if (guard != null) {
                guard.getOutputStream().close();
                guard.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            folder.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

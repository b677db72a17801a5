package io.jenkins.plugins.supabase.core.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.postgres.RawScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentServerTest {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @BeforeEach
    void aServerIsInstalled() throws InterruptedException {
        assumeThat(isInstalled()).as("PostgreSQL's server is installed").isTrue();
    }

    @Test
    void theServerIsOfTheVersionThatWasAskedForAndGoesWithoutATrace() throws Exception {
        Set<Path> before = folders();
        try (ScratchServer server = ScratchServers.onThisMachine().open(13, "somebody")) {
            assertThat(server.majorVersion()).isGreaterThanOrEqualTo(13);
            assertThat(server.description()).matches("PostgreSQL \\d+\\.\\d+ on this agent");
            try (Connection connection = server.connect(null)) {
                assertThat(connection.getMetaData().getUserName()).isEqualTo("somebody");
                RawScript.run(connection, "CREATE TABLE t (id integer)");
            }
            assertThat(foldersSince(before)).isNotEmpty();
        }
        assertNoneStaysSince(before);
    }

    @Test
    void noServerIsAnOlderOne() {
        assertThatThrownBy(() -> ScratchServers.onThisMachine().open(99, "postgres"))
                .isInstanceOf(NoScratchServer.class)
                .hasMessage("No PostgreSQL server of version 99 or later is installed on this agent (initdb and"
                + " postgres, such"
                        + " as Debian's package postgresql-99), and no scratchDatabaseUrl is set.");
    }

    @Test
    void anInterruptLeavesNothingBehind() throws Exception {
        Set<Path> before = folders();
        for (long after : List.of(0L, 300L, 1_500L)) {
            Thread thread = new Thread(() -> {
                try (ScratchServer server = ScratchServers.onThisMachine().open(13, "postgres")) {
                    Thread.sleep(60_000);
                } catch (NoScratchServer e) {
                    throw new AssertionError(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            Thread.sleep(after);
            thread.interrupt();
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
            assertNoneStaysSince(before);
        }
    }

    @Test
    void anInterruptWhileTheFolderIsLockedLeavesNoneOfIt() throws Exception {
        Set<Path> before = folders();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ScratchFolder.create(new OtherUser(null, null)))
                .isInstanceOf(FileLockInterruptionException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertNoneStaysSince(before);
    }

    @Test
    void theServerOfAKilledProcessGoesByItself() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp", System.getProperty("java.class.path"), ScratchProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path folder;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            folder = Path.of(output.readLine());
            assertThat(folder).exists();
            process.destroyForcibly().waitFor();
        }
        Instant limit = Instant.now().plus(Duration.ofSeconds(30));
        while (Files.exists(folder) && Instant.now().isBefore(limit)) {
            Thread.sleep(50);
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatAKillLeftIsRemovedByTheNextServer() throws Exception {
        Path old = Files.createTempDirectory("supabase-delivery-scratch-");
        Files.createDirectories(old.resolve("data"));
        Files.writeString(old.resolve("owner.lock"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(600)));
        ScratchServers.onThisMachine().open(13, "postgres").close();
        assertThat(old).doesNotExist();
    }

    /** Tests in other processes have folders of their own meanwhile. */
    static void assertNoneStaysSince(Set<Path> before) throws Exception {
        Instant limit = Instant.now().plus(Duration.ofSeconds(60));
        Set<Path> since = foldersSince(before);
        while (since.stream().anyMatch(AgentServerTest::isLeftOver) && Instant.now().isBefore(limit)) {
            Thread.sleep(50);
        }
        assertThat(since).noneMatch(AgentServerTest::isLeftOver);
    }

    /** @return whether it is there, and no other process that is alive owns it */
    private static boolean isLeftOver(Path folder) {
        try (FileChannel lock = FileChannel.open(folder.resolve("owner.lock"), StandardOpenOption.WRITE)) {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return Files.exists(folder);
        }
    }

    private static Set<Path> foldersSince(Set<Path> before) throws IOException {
        Set<Path> since = folders();
        since.removeAll(before);
        return since;
    }

    static Set<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(TEMPORARY)) {
            return all.filter(path -> path.getFileName().toString().startsWith("supabase-delivery-scratch-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    static boolean isInstalled() throws InterruptedException {
        try {
            PostgresPrograms.server(List.of(), 13);
            return true;
        } catch (NoScratchServer e) {
            return false;
        }
    }
}

package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FolderDestinationTest extends DestinationContract {
    private Path root;

    @Override
    Destination create() throws Exception {
        root = Files.createDirectory(directory.resolve("archive"));
        return new FolderSettings("archive", "here", root.toString()).open();
    }

    @Test
    void nobodySeesAnObjectBeforeItIsWhole() throws Exception {
        try (Destination folder = new FolderDestination("archive", "here", root)) {
            byte[] bytes = "whole".getBytes(StandardCharsets.UTF_8);
            InputStream looking = new ByteArrayInputStream(bytes) {
                @Override
                public synchronized int read(byte[] buffer, int offset, int length) {
                    try {
                        assertThat(folder.list("")).isEmpty();
                        assertThat(folder.stat("a/key")).isEmpty();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return super.read(buffer, offset, Math.min(length, 1));
                }
            };

            folder.put("a/key", BlobContent.once(looking, bytes.length, BlobContent.of(bytes).sha256()));

            assertThat(folder.list("")).hasSize(1);
            assertThat(files()).containsExactly(root.resolve("a/key"));
        }
    }

    @Test
    void whatAKilledProcessLeftIsNotListedAndGoesAfterSomeDays() throws Exception {
        Files.createDirectories(root.resolve("a"));
        Path old = Files.writeString(root.resolve("a/.part-1"), "half");
        Path young = Files.writeString(root.resolve("a/.part-2"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        try (Destination folder = new FolderDestination("archive", "here", root)) {
            assertThat(folder.list("")).isEmpty();

            folder.put("a/key", BlobContent.of(new byte[1]));

            assertThat(files()).containsExactlyInAnyOrder(root.resolve("a/key"), young);
        }
    }

    @Test
    void aFolderThatIsNotThereIsNotCreated() {
        Path away = directory.resolve("not-mounted");
        try (Destination folder = new FolderDestination("archive", "here", away)) {
            BlobContent content = BlobContent.of(new byte[1]);
            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(
                            () -> folder.put("key", content),
                            () -> folder.putIfAbsent("key", content),
                            () -> folder.open("key"),
                            () -> folder.stat("key"),
                            () -> folder.list(""),
                            () -> folder.delete("key"))) {
                assertThatThrownBy(call)
                        .isExactlyInstanceOf(DestinationException.class)
                        .hasMessageContaining("The folder of the destination archive, " + away + ", is not there")
                        .hasMessageContaining("Mount it");
            }
        }
        assertThat(away).doesNotExist();
    }

    @Test
    void saysWhyItCannotWrite() throws Exception {
        Files.createDirectory(root.resolve("key"));
        Files.writeString(root.resolve("key/child"), "");
        try (Destination folder = new FolderDestination("archive", "here", root)) {
            BlobContent content = BlobContent.of(new byte[1]);

            assertThatThrownBy(() -> folder.put("key", content))
                    .isInstanceOf(DestinationException.class)
                    .hasMessageContaining("The object key was not stored: the folder of the destination archive")
                    .hasMessageContaining("Objects that were there are as they were");
            assertThat(files()).containsExactly(root.resolve("key/child"));
        }
    }

    @Test
    void aLinkInsideLeadsNowhere() throws Exception {
        Path secret = Files.writeString(directory.resolve("elsewhere"), "not an object");
        Files.createSymbolicLink(root.resolve("key"), secret);
        try (Destination folder = new FolderDestination("archive", "here", root)) {
            assertThat(folder.list("")).isEmpty();
            assertThat(folder.stat("key")).isEmpty();
            assertThatThrownBy(() -> folder.open("key")).isInstanceOf(BlobNotFoundException.class);
            folder.delete("key");
            folder.put("key", BlobContent.of(new byte[1]));
        }
        assertThat(secret).hasContent("not an object");
        assertThat(root.resolve("key")).isRegularFile();
    }

    @Test
    void ofManyWhoPutAtOnceOneIsFirst() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try (Destination folder = new FolderDestination("archive", "here", root)) {
            for (int round = 0; round < 5; round++) {
                String key = "race/" + round;
                List<Callable<Boolean>> calls = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    BlobContent content = BlobContent.of(("from " + i).getBytes(StandardCharsets.UTF_8));
                    calls.add(() -> folder.putIfAbsent(key, content));
                }
                List<Integer> first = new ArrayList<>();
                List<Future<Boolean>> answers = executor.invokeAll(calls);
                for (int i = 0; i < answers.size(); i++) {
                    if (answers.get(i).get()) {
                        first.add(i);
                    }
                }
                assertThat(first).hasSize(1);
                assertThat(root.resolve(key)).hasContent("from " + first.get(0));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}

package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of destination does in the same way. */
abstract class DestinationContract {
    /** More than two parts of S3's. */
    private static final int LARGE = (32 << 20) + 12_345;

    @TempDir
    Path directory;

    private Destination destination;

    /** @return one without objects */
    abstract Destination create() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        destination = create();
    }

    @AfterEach
    final void close() {
        destination.close();
    }

    @Test
    void keepsWhatItIsGiven() throws Exception {
        byte[] bytes = bytes(100_000);
        Instant before = Instant.now().minus(Duration.ofMinutes(1));

        destination.put("a/b/one.bin", BlobContent.of(bytes));

        assertThat(read("a/b/one.bin")).isEqualTo(bytes);
        BlobStat stat = destination.stat("a/b/one.bin").orElseThrow();
        assertThat(stat.key()).isEqualTo("a/b/one.bin");
        assertThat(stat.size()).isEqualTo(bytes.length);
        assertThat(stat.lastModified()).isBetween(before, Instant.now().plus(Duration.ofMinutes(1)));
        assertThat(destination.name()).isEqualTo("archive");
        assertThat(destination.region()).isEqualTo("here");
    }

    @Test
    void keepsNothing() throws Exception {
        assertThat(destination.putIfAbsent("empty", BlobContent.of(new byte[0]))).isTrue();

        assertThat(read("empty")).isEmpty();
        assertThat(destination.stat("empty").orElseThrow().size()).isZero();
    }

    @Test
    void replacesOnlyWhenItIsToldTo() throws Exception {
        assertThat(destination.putIfAbsent("key", text("first"))).isTrue();
        assertThat(destination.putIfAbsent("key", text("second"))).isFalse();
        assertThat(read("key")).asString().isEqualTo("first");

        destination.put("key", text("third"));

        assertThat(read("key")).asString().isEqualTo("third");
    }

    @Test
    void whatIsNotThereIsNotThere() throws Exception {
        destination.put("there/key", text("x"));

        assertThat(destination.stat("there/no-key")).isEmpty();
        assertThat(destination.stat("there")).isEmpty();
        assertThat(destination.list("there/no")).isEmpty();
        assertThatThrownBy(() -> destination.open("no-key").close())
                .isInstanceOf(BlobNotFoundException.class)
                .hasMessageContaining("The destination archive has no no-key");
        destination.delete("no-key");
        destination.delete("there/no-key/deeper");
    }

    @Test
    void listsByPrefixInTheOrderOfBytes() throws Exception {
        for (String key : List.of("r/b", "r/a", "r/a.d/x", "r/a-b", "r/B", "ra", "q/z", "r/\uFF21", "r/🎉", "r/é")) {
            destination.put(key, text(key));
        }

        assertThat(keys("r/"))
                .containsExactly("r/B", "r/a", "r/a-b", "r/a.d/x", "r/b", "r/é", "r/\uFF21", "r/🎉");
        assertThat(keys("r/a")).containsExactly("r/a", "r/a-b", "r/a.d/x");
        assertThat(keys("r")).hasSize(9).contains("ra");
        assertThat(keys("")).hasSize(10);
        assertThat(destination.list("r/é")).singleElement().satisfies(stat -> assertThat(stat.size()).isEqualTo(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space + plus", "a&b=c?d#e", "per%cent%20", "'quotes\"", "(x)[y]{z}~!*,;:@$", "ünïcödé 🎉"})
    void keysMayHaveAnyOtherCharacter(String name) throws Exception {
        String key = "odd/" + name;
        destination.put(key, text(name));

        assertThat(read(key)).asString().isEqualTo(name);
        assertThat(destination.stat(key)).isPresent();
        assertThat(keys("odd/")).containsExactly(key);
        destination.delete(key);
        assertThat(keys("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "..", "../a", "a/../../b", ".", "./a", "a/.hidden", "a\\b", "a\nb"})
    void noKeyLeadsOutOfIt(String key) {
        for (Callable<?> call : List.<Callable<?>>of(
                () -> destination.stat(key),
                () -> destination.open(key),
                () -> destination.putIfAbsent(key, text("x")))) {
            assertThatThrownBy(call::call).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> destination.delete(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> destination.put(key, text("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletes() throws Exception {
        destination.put("a/one", text("1"));
        destination.put("a/two", text("2"));

        destination.delete("a/one");

        assertThat(keys("")).containsExactly("a/two");
        assertThat(destination.stat("a/one")).isEmpty();
    }

    @Test
    void takesLargeFilesAndLargeStreams() throws Exception {
        byte[] bytes = bytes(LARGE);
        Path file = Files.write(directory.resolve("large"), bytes);

        assertThat(destination.putIfAbsent("file", BlobContent.of(file, LARGE, Sha256.of(bytes)))).isTrue();
        destination.put("stream", BlobContent.once(new ByteArrayInputStream(bytes), LARGE, Sha256.of(bytes)));

        assertThat(Arrays.equals(read("file"), bytes)).isTrue();
        assertThat(Arrays.equals(read("stream"), bytes)).isTrue();
        assertThat(destination.list("")).extracting(BlobStat::size).containsExactly((long) LARGE, (long) LARGE);
        assertThat(destination.putIfAbsent("file", BlobContent.of(file, LARGE, Sha256.of(bytes)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, LARGE})
    void keepsNothingOfWhatIsNotWhatWasAnnounced(int size) throws Exception {
        byte[] bytes = bytes(size);
        Path file = Files.write(directory.resolve("changed"), bytes);
        String other = Sha256.of("other");

        for (BlobContent content : List.of(
                BlobContent.of(file, size, other),
                BlobContent.of(file, size + 1, Sha256.of(bytes)),
                BlobContent.once(new ByteArrayInputStream(bytes), size + 1, Sha256.of(bytes)),
                BlobContent.once(failing(bytes), size, Sha256.of(bytes)))) {
            assertThatThrownBy(() -> destination.putIfAbsent("key", content))
                    .isInstanceOf(DestinationException.class)
                    .hasMessageContaining("archive")
                    .hasMessageContaining("key");
        }

        assertThat(keys("")).isEmpty();
        destination.put("key", text("old"));
        assertThatThrownBy(() -> destination.put("key", BlobContent.of(file, size, other)))
                .isInstanceOf(DestinationException.class);
        assertThat(read("key")).asString().isEqualTo("old");
    }

    @Test
    void anInterruptEndsAnUploadAndKeepsNothing() throws Exception {
        byte[] bytes = bytes(LARGE);
        Path file = Files.write(directory.resolve("large"), bytes);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> destination.put("key", BlobContent.of(file, LARGE, Sha256.of(bytes))))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
        assertThat(keys("")).isEmpty();
    }

    private List<String> keys(String prefix) throws InterruptedException {
        return destination.list(prefix).stream().map(BlobStat::key).toList();
    }

    private byte[] read(String key) throws Exception {
        try (InputStream stream = destination.open(key)) {
            return stream.readAllBytes();
        }
    }

    private static BlobContent text(String text) {
        return BlobContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Breaks off before its last byte. */
    private static InputStream failing(byte[] bytes) {
        return new SequenceInputStream(
                new ByteArrayInputStream(bytes, 0, bytes.length - 1), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }
                });
    }
}

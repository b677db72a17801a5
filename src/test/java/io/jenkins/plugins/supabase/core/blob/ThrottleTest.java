package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottleTest {
    private static final int RATE = 1_000_000;
    private static final byte[] BYTES = new byte[3 * RATE];
    /** What may pass at once, made up for by nothing. */
    private static final Duration CREDIT = Duration.ofMillis(100);

    /** Where a sleep takes no time but a look at the clock. */
    private static final class StoppedClock implements Throttle.Time {
        private long now = 42;

        @Override
        public synchronized long nanos() {
            return now;
        }

        @Override
        public synchronized void sleep(long nanos) {
            now += nanos;
        }
    }

    private final StoppedClock clock = new StoppedClock();
    private final Throttle throttle = Throttle.of(new Bandwidth(RATE), clock);

    private Duration passed() {
        return Duration.ofNanos(clock.nanos() - 42);
    }

    private void assertPassed(Duration expected) {
        assertThat(passed()).isBetween(expected.minus(CREDIT), expected.plusMillis(1));
    }

    @Test
    void readingTakesAsLongAsTheLimitSays() throws Exception {
        try (InputStream stream = throttle.limit(new ByteArrayInputStream(BYTES))) {
            assertThat(stream.readAllBytes()).hasSize(BYTES.length);
        }
        assertPassed(Duration.ofSeconds(3));
    }

    @Test
    void sendingTakesAsLongAsTheLimitSaysAndNotOnlyAtItsEnd() throws Exception {
        List<Long> times = new ArrayList<>();
        okio.Sink sink = new okio.Sink() {
            @Override
            public void write(Buffer source, long count) throws IOException {
                source.skip(count);
                times.add(clock.nanos());
            }

            @Override
            public void flush() {}

            @Override
            public okio.Timeout timeout() {
                return okio.Timeout.NONE;
            }

            @Override
            public void close() {}
        };
        okio.BufferedSink buffered = okio.Okio.buffer(sink);
        throttle.limit(S3Body.of(BYTES)).writeTo(buffered);
        buffered.flush();

        assertPassed(Duration.ofSeconds(3));
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.ofNanos(times.get(i) - times.get(i - 1))).isLessThan(Duration.ofMillis(101));
        }
    }

    @Test
    void allThreadsShareIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> {
                    throttle.limit(new ByteArrayInputStream(BYTES)).readAllBytes();
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            threads.shutdownNow();
        }
        // Here each sleep moves everybody's clock: never faster than the limit is what can be told.
        assertThat(passed()).isGreaterThan(Duration.ofSeconds(12).minus(CREDIT));
    }

    @Test
    void timeThatWasNotUsedIsNotSavedUp() throws Exception {
        clock.sleep(Duration.ofHours(1).toNanos());
        throttle.limit(new ByteArrayInputStream(BYTES)).readAllBytes();

        assertPassed(Duration.ofHours(1).plusSeconds(3));
    }

    @Test
    void anInterruptEndsTheWait() {
        Throttle slow = Throttle.of(new Bandwidth(RATE), new Throttle.Time() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                throw new InterruptedException();
            }
        });

        assertThatThrownBy(() -> slow.take(RATE)).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFolderIsWrittenAndReadAtItsPace(@TempDir Path root) throws Exception {
        try (Destination folder = new FolderDestination("archive", "", root, throttle)) {
            folder.put("key", BlobContent.of(BYTES));
            assertPassed(Duration.ofSeconds(3));
            try (InputStream stream = folder.open("key")) {
                assertThat(stream.readAllBytes()).isEqualTo(BYTES);
            }
        }
        assertPassed(Duration.ofSeconds(6));
    }

    @Test
    void aBucketIsWrittenAndReadAtItsPace() throws Exception {
        try (FaultyServer server = new FaultyServer();
                Destination bucket = new S3Destination(
                        new S3Settings("archive", null, "us-east-1", server.url(), "example", null, true, "tester",
                                new SecretText("words"), null, null),
                        S3Patience.DEFAULT, throttle)) {
            String content = "b".repeat(BYTES.length);
            String md5 = S3Body.hex(S3Body.newMd5().digest(content.getBytes(StandardCharsets.US_ASCII)));
            server.then(200, "", "ETag: " + md5).then(200, content);

            bucket.put("key", BlobContent.of(content.getBytes(StandardCharsets.US_ASCII)));
            assertPassed(Duration.ofSeconds(3));
            try (InputStream stream = bucket.open("key")) {
                assertThat(stream.readAllBytes()).hasSize(BYTES.length);
            }
        }
        assertPassed(Duration.ofSeconds(6));
    }

    @Test
    void anInterruptedWriteToAFolderLeavesNothing(@TempDir Path root) throws Exception {
        Throttle interrupted = Throttle.of(new Bandwidth(RATE), new Throttle.Time() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                throw new InterruptedException();
            }
        });
        try (Destination folder = new FolderDestination("archive", "", root, interrupted)) {
            assertThatThrownBy(() -> folder.put("key", BlobContent.of(BYTES))).isInstanceOf(InterruptedException.class);
            assertThat(root.toFile().list()).isEmpty();
        }
    }
}

package io.jenkins.plugins.supabase.core.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;

/** Lets no more than so many bytes a second pass, those of all threads together, in either direction. */
final class Throttle {
    /** For no limit. */
    static final Throttle NONE = new Throttle(0, Time.REAL);

    /** What was not used may be made up for within this time, so that a late wake-up costs nothing. */
    private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** What one caller gets at a time is some 50 ms worth: nobody waits for long, and nobody's connection falls asleep. */
    private static final int TURNS_PER_SECOND = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private final Time time;
    /** When the next byte may go. */
    private long free;

    private Throttle(long bytesPerSecond, Time time) {
        this.bytesPerSecond = bytesPerSecond;
        this.time = time;
        this.free = time.nanos();
    }

    /** @param text as {@link Bandwidth} takes it; null for no limit */
    static Throttle of(String text) {
        return text == null ? NONE : of(Bandwidth.parse(text), Time.REAL);
    }

    static Throttle of(Bandwidth bandwidth, Time time) {
        return new Throttle(bandwidth.bytesPerSecond(), time);
    }

    /** Passes by, and is slept through. */
    interface Time {
        Time REAL = new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        };

        long nanos();

        void sleep(long nanos) throws InterruptedException;
    }

    boolean isNone() {
        return bytesPerSecond == 0;
    }

    /** @return 0 for no limit */
    long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** @return how many of the bytes may go in one {@link #take}, at least one */
    int turn(long wanted) {
        long most = isNone() ? Integer.MAX_VALUE : Math.min(Integer.MAX_VALUE, bytesPerSecond / TURNS_PER_SECOND);
        return (int) Math.min(wanted, most);
    }

    /**
     * Returns when the bytes may go.
     *
     * @throws ClosedByInterruptException with the thread's interrupt kept, as channels do it
     */
    void take(int bytes) throws IOException {
        if (isNone() || bytes <= 0) {
            return;
        }
        long wait;
        synchronized (this) {
            long now = time.nanos();
            long start = Math.max(free, now - CREDIT_NANOS);
            free = start + bytes * SECOND / bytesPerSecond;
            wait = free - now;
        }
        if (wait > 0) {
            try {
                time.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        }
    }

    InputStream limit(InputStream stream) {
        return isNone() ? stream : new Limited(stream);
    }

    BlobContent limit(BlobContent content) {
        return isNone() ? content : content.through(this::limit);
    }

    /** @param body null for none */
    RequestBody limit(RequestBody body) {
        return isNone() || body == null ? body : new LimitedBody(body);
    }

    private final class Limited extends FilterInputStream {
        Limited(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            take(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, turn(length));
            take(read);
            return read;
        }
    }

    private final class LimitedBody extends RequestBody {
        private final RequestBody body;

        LimitedBody(RequestBody body) {
            this.body = body;
        }

        @Override
        public MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            BufferedSink limited = Okio.buffer(new ForwardingSink(sink) {
                @Override
                public void write(Buffer source, long count) throws IOException {
                    for (long left = count; left > 0; ) {
                        int turn = turn(left);
                        take(turn);
                        super.write(source, turn);
                        left -= turn;
                    }
                }
            });
            body.writeTo(limited);
            limited.emit();
        }
    }
}

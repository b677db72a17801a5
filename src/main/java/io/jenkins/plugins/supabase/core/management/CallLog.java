package io.jenkins.plugins.supabase.core.management;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Request;

/**
 * Counts requests, and tells of each on the level FINE: method, path, status, milliseconds, request id. Never the
 * query, a header that was sent, or a body of either side: those may hold secrets.
 */
final class CallLog {
    /** The name that an administrator turns on in the Jenkins log recorders. */
    private static final Logger LOGGER = Logger.getLogger(ManagementClient.class.getName());

    private final AtomicInteger calls = new AtomicInteger();

    /** @return how many requests were sent, repeated ones included */
    int calls() {
        return calls.get();
    }

    /** @return the moment from which the call is timed */
    long begin() {
        calls.incrementAndGet();
        return System.nanoTime();
    }

    void answered(Request request, long begun, Answer answer) {
        if (LOGGER.isLoggable(Level.FINE)) {
            String id = answer.requestId();
            LOGGER.fine("%s: %d in %d ms%s"
                    .formatted(line(request), answer.status(), since(begun), id == null ? "" : ", " + id));
        }
    }

    void failed(Request request, long begun, IOException failure) {
        if (LOGGER.isLoggable(Level.FINE)) {
            LOGGER.fine("%s: no answer in %d ms, %s"
                    .formatted(line(request), since(begun), failure.getClass().getSimpleName()));
        }
    }

    private static String line(Request request) {
        return request.method() + " " + request.url().encodedPath();
    }

    private static long since(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}

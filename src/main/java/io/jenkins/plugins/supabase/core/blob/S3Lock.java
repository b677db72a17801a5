package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** Locks objects as they are stored, and locks those anew that are there. */
final class S3Lock {
    /** Renewing what was locked a moment ago is idle. */
    private static final Duration NEAR = Duration.ofHours(1);
    /** What a server says that knows locks, of an object that has none. */
    private static final String NO_LOCK_YET = "NoSuchObjectLockConfiguration";

    private final S3Client client;
    private final S3Failures failures;
    private final ObjectLock lock;
    /** A server that knows no locks passes over what asks for one. */
    private volatile boolean seen;

    S3Lock(S3Client client, S3Failures failures, ObjectLock lock) {
        this.client = client;
        this.failures = failures;
        this.lock = lock;
    }

    /** @return what a call that stores an object says of its lock */
    Map<String, String> headers() {
        return Map.of(
                ObjectLock.MODE_HEADER, lock.mode().name(),
                ObjectLock.UNTIL_HEADER, lock.until(Instant.now()).toString());
    }

    /**
     * Sees that what was just stored is locked, once for small objects; those in parts are locked here where the server
     * forgot it, as Ceph does up to version 16 at least.
     *
     * @param key  for messages
     * @param name as the server has it
     * @throws DestinationException when the object is not locked
     */
    void require(String key, String name, boolean inParts) throws InterruptedException {
        if (inParts) {
            extend(key, name);
        } else if (!seen) {
            if (look(key, name).header(ObjectLock.MODE_HEADER).isEmpty()) {
                throw failures.notLocked(key);
            }
            seen = true;
        }
    }

    private S3Answer look(String key, String name) throws InterruptedException {
        S3Answer answer = client.call(S3Request.of("looking at the lock of " + key, "HEAD", name));
        if (!answer.isSuccess()) {
            throw failures.of("looking at the lock of " + key, S3Error.of(answer));
        }
        return answer;
    }

    /** A lock that lasts as long already, but for an hour, stays: only who may lift locks could shorten one. */
    void extend(String key, String name) throws InterruptedException {
        S3Answer now = look(key, name);
        Instant until = lock.until(Instant.now());
        if (!end(now).isBefore(until.minus(NEAR))) {
            seen = true;
            return;
        }
        if (!seen) {
            requireKnown(key, name);
            seen = true;
        }
        // Nobody can make a weaker lock of one for compliance.
        boolean compliance = now.header(ObjectLock.MODE_HEADER).equals(ObjectLock.Mode.COMPLIANCE.name());
        String mode = compliance ? ObjectLock.Mode.COMPLIANCE.name() : lock.mode().name();
        String document = "<Retention xmlns=\"" + S3Multipart.NAMESPACE + "\"><Mode>" + mode
                + "</Mode><RetainUntilDate>" + until + "</RetainUntilDate></Retention>";
        client.must(S3Request.of("locking " + key, "PUT", name)
                .query("retention", "")
                .body(S3Body.of(document.getBytes(StandardCharsets.UTF_8))));
    }

    /** A server that knows no locks would take the lock's document for the object itself, and replace it. */
    private void requireKnown(String key, String name) throws InterruptedException {
        S3Request request = S3Request.of("looking at the lock of " + key, "GET", name)
                .query("retention", "")
                .header("range", "bytes=0-4095");
        S3Answer answer = client.call(request);
        if (!answer.isSuccess()) {
            S3Error error = S3Error.of(answer);
            if (!error.code().equals(NO_LOCK_YET)) {
                throw failures.of(request.doing(), error);
            }
            return;
        }
        try {
            if (S3Xml.parse(answer.body()).root().equals("Retention")) {
                return;
            }
        } catch (IOException e) {
            // It is the object.
        }
        throw failures.notLocked(key);
    }

    private static Instant end(S3Answer answer) {
        try {
            return OffsetDateTime.parse(answer.header(ObjectLock.UNTIL_HEADER)).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}

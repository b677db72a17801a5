package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of an S3-compatible server, by its REST API alone. The server is told the SHA-256 of everything that it gets, and
 * what it says of what arrived is compared; a server that says nothing of use has the object read back.
 */
final class S3Destination implements Destination {
    private final S3Settings settings;
    private final S3Failures failures;
    private final S3Client client;
    private final S3Upload upload;
    private final Throttle throttle;
    /** Null where nothing is locked. */
    private final S3Lock lock;
    private final Destination locking;
    /** A missing object and a missing bucket look alike without a body. */
    private volatile boolean bucketSeen;

    S3Destination(S3Settings settings, S3Patience patience) {
        this(settings, patience, Throttle.of(settings.bandwidth()));
    }

    S3Destination(S3Settings settings, S3Patience patience, Throttle throttle) {
        this.settings = settings;
        this.failures = new S3Failures(settings);
        this.throttle = throttle;
        this.client = new S3Client(settings, patience, failures, throttle);
        this.upload = new S3Upload(client, failures, null);
        this.lock = settings.lock() == null ? null : new S3Lock(client, failures, settings.lock());
        this.locking = lock == null ? this : new S3Destination(this);
    }

    /** The same, locking what it stores. */
    private S3Destination(S3Destination other) {
        this.settings = other.settings;
        this.failures = other.failures;
        this.throttle = other.throttle;
        this.client = other.client;
        this.lock = other.lock;
        this.upload = new S3Upload(client, failures, lock);
        this.locking = this;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String region() {
        return settings.region() == null ? "" : settings.region();
    }

    @Override
    public boolean putIfAbsent(String key, BlobContent content) throws InterruptedException {
        boolean written = stat(key).isEmpty() && store(key, content, true);
        if (!written && locks()) {
            lockAnew(key);
        }
        return written;
    }

    private boolean locks() {
        return lock != null && locking == this;
    }

    @Override
    public Destination locking() {
        return locking;
    }

    @Override
    public void lockAnew(String key) throws InterruptedException {
        if (lock != null) {
            lock.extend(key, object(key));
        }
    }

    @Override
    public void put(String key, BlobContent content) throws InterruptedException {
        store(key, content, false);
    }

    private boolean store(String key, BlobContent content, boolean onlyIfAbsent) throws InterruptedException {
        String name = object(key);
        S3Upload.Outcome stored = upload.store(key, name, content, onlyIfAbsent);
        if (stored == S3Upload.Outcome.NOT_SURE) {
            verify(key, name, content);
        }
        bucketSeen = true;
        if (stored == S3Upload.Outcome.THERE_ALREADY) {
            return false;
        }
        if (locks()) {
            lock.require(key, name, content.size() > S3Parts.SMALLEST);
        }
        return true;
    }

    private void verify(String key, String name, BlobContent content) throws InterruptedException {
        BlobDigest found;
        try (InputStream stream = open(key)) {
            found = BlobDigest.of(stream);
        } catch (BlobNotFoundException e) {
            throw failures.vanished(key);
        } catch (IOException e) {
            throw failures.unreachable("reading back " + key, e);
        }
        if (found.equals(BlobDigest.of(content))) {
            return;
        }
        client.attempt(S3Request.of("deleting " + key, "DELETE", name));
        throw failures.damaged(key, content, found);
    }

    @Override
    public InputStream open(String key) throws InterruptedException {
        return throttle.limit(S3ReadStream.open(client, S3Request.of("reading " + key, "GET", object(key)), error -> {
            if (error.isMissingKey()) {
                return new BlobNotFoundException(name(), key);
            }
            return failures.of("reading " + key, error);
        }));
    }

    @Override
    public Optional<BlobStat> stat(String key) throws InterruptedException {
        S3Answer answer = client.call(S3Request.of("looking at " + key, "HEAD", object(key)));
        if (!answer.isSuccess()) {
            if (answer.status() != 404 || !bucketSeen) {
                explain(key);
            }
            return Optional.empty();
        }
        bucketSeen = true;
        try {
            long size = Long.parseLong(answer.header("Content-Length"));
            return Optional.of(new BlobStat(key, size, time(answer.header("Last-Modified"))));
        } catch (NumberFormatException e) {
            throw failures.noS3("looking at " + key, new IOException("it has no Content-Length", e));
        }
    }

    /** An answer to HEAD says no more than its status; one to GET says why. */
    private void explain(String key) throws InterruptedException {
        S3Request request = S3Request.of("looking at " + key, "GET", object(key)).header("range", "bytes=0-0");
        S3Error error = S3Error.of(client.call(request));
        if (!error.isMissingKey()) {
            throw failures.of(request.doing(), error);
        }
        bucketSeen = true;
    }

    private static Instant time(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    @Override
    public List<BlobStat> list(String prefix) throws InterruptedException {
        S3Request request = S3Request.of("listing objects", "GET", "")
                .query("list-type", "2")
                .query("encoding-type", "url")
                .query("max-keys", "1000")
                .query("prefix", root() + prefix);
        List<BlobStat> found = new ArrayList<>();
        String token = "";
        try {
            do {
                S3Request page = token.isEmpty() ? request : request.query("continuation-token", token);
                S3Xml xml = S3Xml.parse(client.must(page).body());
                if (!xml.root().equals("ListBucketResult")) {
                    throw new IOException("it is a " + xml.root());
                }
                collect(xml, found);
                token = xml.text("IsTruncated").equals("true") ? xml.text("NextContinuationToken") : "";
            } while (!token.isEmpty());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw failures.noS3(request.doing(), e instanceof IOException io ? io : new IOException(e.getMessage(), e));
        }
        bucketSeen = true;
        found.sort((a, b) -> BlobKey.ORDER.compare(a.key(), b.key()));
        return found;
    }

    private void collect(S3Xml page, List<BlobStat> found) {
        boolean encoded = page.text("EncodingType").equals("url");
        for (Map<String, String> object : page.group("Contents")) {
            String written = object.getOrDefault("Key", "");
            String name = encoded ? URLDecoder.decode(written, StandardCharsets.UTF_8) : written;
            String key = name.startsWith(root()) ? name.substring(root().length()) : "";
            // What other tools leave there, such as objects that stand for folders, is none of ours.
            if (BlobKey.isKey(key)) {
                long size = Long.parseLong(object.getOrDefault("Size", ""));
                found.add(new BlobStat(key, size, Instant.parse(object.getOrDefault("LastModified", ""))));
            }
        }
    }

    @Override
    public void delete(String key) throws InterruptedException {
        S3Answer answer = client.call(S3Request.of("deleting " + key, "DELETE", object(key)));
        S3Error error = answer.isSuccess() ? null : S3Error.of(answer);
        if (error != null && error.status() == 403 && error.code().equals("AccessDenied")) {
            throw failures.notDeleted(key, error);
        }
        if (error != null && !error.isMissingKey()) {
            throw failures.of("deleting " + key, error);
        }
    }

    private String root() {
        return settings.prefix() == null ? "" : settings.prefix() + "/";
    }

    private String object(String key) {
        return root() + BlobKey.check(key);
    }

    @Override
    public void close() {
        client.close();
    }
}

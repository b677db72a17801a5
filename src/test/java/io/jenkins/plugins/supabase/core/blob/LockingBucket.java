package io.jenkins.plugins.supabase.core.blob;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A bucket with S3's rules of object lock, in memory: versions; a deletion without a version only puts a marker on top;
 * whoever stores with a lock says the MD5; no lock is shortened. It checks no signatures: S3Proxy does,
 * which has no locks. Rules: docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html.
 */
public final class LockingBucket implements AutoCloseable {
    /** One of an object's versions; without bytes it is a marker of a deletion. */
    record Version(byte[] bytes, String etag, String mode, Instant until) {
        boolean isLocked() {
            return mode != null && until.isAfter(Instant.now());
        }
    }

    private record Refusal(int status, String code) {}

    /** What the bucket does. */
    enum Kind {
        LOCKING,
        /** Has no object lock, and says so. */
        WITHOUT_LOCK,
        /** Passes over what it does not know. */
        IGNORANT,
        /** Forgets the locks of what comes in parts, as Ceph 16 does. */
        FORGETFUL,
        /** Some servers rather refuse than put a marker. */
        REFUSING
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Version>> objects = new TreeMap<>();
    private final Map<String, String[]> uploads = new TreeMap<>();
    private final Map<String, byte[]> uploadedParts = new TreeMap<>();
    private volatile Kind kind = Kind.LOCKING;
    private volatile boolean deletionAllowed = true;
    /** Lets an object look as if it had been written then. */
    private volatile Duration age = Duration.ZERO;

    public LockingBucket() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/example", this::answer);
        server.start();
    }

    LockingBucket behave(Kind as) {
        kind = as;
        return this;
    }

    LockingBucket forbidDeletion() {
        deletionAllowed = false;
        return this;
    }

    LockingBucket age(Duration by) {
        age = by;
        return this;
    }

    S3Settings settings(String mode, Integer days) {
        return new S3Settings(
                        "vault", "here", "us-east-1", "http://127.0.0.1:" + server.getAddress().getPort(), "example",
                        null, true, "tester", new SecretText("words"), null, null)
                .withLock(mode, days);
    }

    /** @return the versions of an object, the newest first */
    synchronized List<Version> versions(String key) {
        return List.copyOf(objects.getOrDefault(key, new ArrayDeque<>()));
    }

    synchronized List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = URLDecoder.decode(
                    exchange.getRequestURI().getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
            String key = path.replaceFirst("^/example/?", "");
            Map<String, String> query = new TreeMap<>();
            String raw = exchange.getRequestURI().getRawQuery();
            for (String pair : raw == null ? new String[0] : raw.split("&")) {
                String[] both = pair.split("=", 2);
                query.put(both[0], URLDecoder.decode(both.length > 1 ? both[1] : "", StandardCharsets.UTF_8));
            }
            Object answer;
            synchronized (this) {
                answer = answer(exchange, key, query, body);
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (answer instanceof Refusal refusal) {
                byte[] error = ("<Error><Code>" + refusal.code() + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(refusal.status(), head ? -1 : error.length);
                if (!head) {
                    exchange.getResponseBody().write(error);
                }
                return;
            }
            byte[] bytes = (byte[]) answer;
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** @return bytes, or a refusal */
    private Object answer(HttpExchange call, String key, Map<String, String> query, byte[] body) throws IOException {
        String method = call.getRequestMethod();
        if (key.isEmpty()) {
            return list(query.get("prefix"));
        }
        if (body.length > 0 && !md5(body).equals(header(call, "content-md5"))) {
            return new Refusal(400, "InvalidRequest");
        }
        if (query.containsKey("uploads")) {
            String mode = header(call, ObjectLock.MODE_HEADER);
            uploads.put("upload", new String[] {mode, header(call, ObjectLock.UNTIL_HEADER)});
            return "<R><UploadId>upload</UploadId></R>".getBytes(StandardCharsets.UTF_8);
        }
        if (query.containsKey("partNumber")) {
            uploadedParts.put("%05d".formatted(Integer.parseInt(query.get("partNumber"))), body);
            call.getResponseHeaders().set("ETag", "\"" + S3Body.hex(S3Body.newMd5().digest(body)) + "\"");
            return new byte[0];
        }
        if (query.containsKey("uploadId")) {
            return complete(key, uploads.remove(query.get("uploadId")));
        }
        if (query.containsKey("retention") && kind == Kind.WITHOUT_LOCK) {
            return new Refusal(400, "InvalidRequest");
        }
        if (query.containsKey("retention") && kind != Kind.IGNORANT) {
            return method.equals("GET") ? retention(key) : retain(key, new String(body, StandardCharsets.UTF_8));
        }
        return switch (method) {
            case "PUT" -> put(call, key, body);
            case "DELETE" -> delete(key);
            default -> get(call, key);
        };
    }

    private Object put(HttpExchange call, String key, byte[] body) {
        Version there = current(key);
        if (header(call, "if-none-match") != null && there != null) {
            return new Refusal(412, "PreconditionFailed");
        }
        String etag = S3Body.hex(S3Body.newMd5().digest(body));
        call.getResponseHeaders().set("ETag", "\"" + etag + "\"");
        return store(
                key, body, etag, header(call, ObjectLock.MODE_HEADER), header(call, ObjectLock.UNTIL_HEADER));
    }

    private Object store(String key, byte[] body, String etag, String mode, String until) {
        if (mode != null && kind == Kind.WITHOUT_LOCK) {
            return new Refusal(400, "InvalidRequest");
        }
        boolean locked = mode != null && kind != Kind.IGNORANT;
        objects.computeIfAbsent(key, unused -> new ArrayDeque<>())
                .push(new Version(body, etag, locked ? mode : null, locked ? Instant.parse(until) : null));
        return new byte[0];
    }

    private Object complete(String key, String[] lock) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        MessageDigest md5s = S3Body.newMd5();
        for (byte[] part : uploadedParts.values()) {
            whole.writeBytes(part);
            md5s.update(S3Body.newMd5().digest(part));
        }
        String etag = S3Body.hex(md5s.digest()) + "-" + uploadedParts.size();
        uploadedParts.clear();
        String mode = kind == Kind.FORGETFUL ? null : lock[0];
        Object refused = store(key, whole.toByteArray(), etag, mode, lock[1]);
        return refused instanceof Refusal
                ? refused
                : ("<R><ETag>" + etag + "</ETag></R>").getBytes(StandardCharsets.UTF_8);
    }

    private Object retention(String key) {
        Version there = current(key);
        return there == null || there.mode() == null
                ? new Refusal(404, "NoSuchObjectLockConfiguration")
                : "<Retention><Mode>%s</Mode><RetainUntilDate>%s</RetainUntilDate></Retention>"
                        .formatted(there.mode(), there.until())
                        .getBytes(StandardCharsets.UTF_8);
    }

    private Object retain(String key, String document) throws IOException {
        Version there = current(key);
        if (there == null) {
            return new Refusal(404, "NoSuchKey");
        }
        S3Xml xml = S3Xml.parse(document.getBytes(StandardCharsets.UTF_8));
        Instant until = Instant.parse(xml.text("RetainUntilDate"));
        boolean weaker = "COMPLIANCE".equals(there.mode()) && !xml.text("Mode").equals("COMPLIANCE");
        if (there.isLocked() && (until.isBefore(there.until()) || weaker)) {
            return new Refusal(403, "AccessDenied");
        }
        objects.get(key).pop();
        objects.get(key).push(new Version(there.bytes(), there.etag(), xml.text("Mode"), until));
        return new byte[0];
    }

    private Object delete(String key) {
        Version there = current(key);
        if (!deletionAllowed || kind == Kind.REFUSING && there != null && there.isLocked()) {
            return new Refusal(403, "AccessDenied");
        }
        if (there != null) {
            objects.get(key).push(new Version(null, null, null, null));
        }
        return new byte[0];
    }

    private Object get(HttpExchange call, String key) {
        Version there = current(key);
        if (there == null) {
            return new Refusal(404, "NoSuchKey");
        }
        call.getResponseHeaders().set("ETag", "\"" + there.etag() + "\"");
        call.getResponseHeaders()
                .set(
                        "Last-Modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().minus(age).atOffset(ZoneOffset.UTC)));
        if (there.mode() != null) {
            call.getResponseHeaders().set(ObjectLock.MODE_HEADER, there.mode());
            call.getResponseHeaders().set(ObjectLock.UNTIL_HEADER, there.until().toString());
        }
        return there.bytes();
    }

    private Object list(String prefix) {
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        for (String key : objects.keySet()) {
            if (key.startsWith(prefix) && current(key) != null) {
                xml.append("<Contents><Key>%s</Key><Size>%d</Size><LastModified>%s</LastModified></Contents>"
                        .formatted(key, current(key).bytes().length, Instant.now().minus(age)));
            }
        }
        return xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private Version current(String key) {
        Version newest = objects.getOrDefault(key, new ArrayDeque<>()).peek();
        return newest == null || newest.bytes() == null ? null : newest;
    }

    private static String header(HttpExchange call, String name) {
        return call.getRequestHeaders().getFirst(name);
    }

    private static String md5(byte[] bytes) {
        return Base64.getEncoder().encodeToString(S3Body.newMd5().digest(bytes));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/**
 * Reads and writes storage objects by a project's own Storage endpoint, without holding one in memory. Passing failures
 * are tried again. For several threads; one that is interrupted notices it at its next read or write.
 */
public final class ObjectClient {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;
    private static final int LONGEST_ERROR = 64 << 10;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final Environment environment;
    private final SecretText apiKey;
    private final Failures failures;
    private final Requests requests;
    private final OkHttpClient client;

    ObjectClient(Environment environment, SecretText apiKey, Transport transport, ManagementOptions options) {
        this.environment = environment;
        this.apiKey = apiKey;
        this.failures = new Failures(environment, Service.storage(environment), apiKey, options);
        this.requests = new Requests(null, failures);
        this.client = transport.streaming(SILENCE);
    }

    /**
     * What Storage says of an object.
     *
     * @param size in bytes
     * @param eTag without quotes; empty where none is said
     */
    public record Stat(long size, String eTag) {}

    /** Bytes that can be read again when sending them failed. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException, InterruptedException;
    }

    /** @return whether an address leads to it: what is between two slashes must not be a dot or two */
    public static boolean isAddressable(String key) {
        return !key.isEmpty() && Arrays.stream(key.split("/", -1)).noneMatch(part -> part.matches("\\.\\.?"));
    }

    /**
     * {@code GET /storage/v1/object/authenticated/{bucket}/{key}}.
     *
     * @return its bytes, the caller's to close; empty where there is no such object, or the store has lost it
     */
    public Optional<ObjectStream> open(String bucket, String key) throws InterruptedException {
        return get(bucket, key, 0).map(response -> new ObjectStream(this, bucket, key, response));
    }

    /** @return empty where there is no such object */
    Optional<Response> get(String bucket, String key, long from) throws InterruptedException {
        Request.Builder request = request(url("authenticated", bucket, key)).get();
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return call(Operation.READ_OBJECT, request.build());
    }

    /** {@code HEAD /storage/v1/object/authenticated/{bucket}/{key}}. */
    public Optional<Stat> stat(String bucket, String key) throws InterruptedException {
        Request request = request(url("authenticated", bucket, key)).head().build();
        Optional<Response> answer = call(Operation.READ_OBJECT, request);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        try (Response response = answer.get()) {
            return Optional.of(new Stat(length(response), eTag(response)));
        }
    }

    static long length(Response response) {
        String length = response.header("Content-Length");
        return length == null ? -1 : Long.parseLong(length);
    }

    /** @return without quotes and the mark that a cache puts before them */
    public static String plain(String eTag) {
        return eTag == null ? "" : eTag.replaceFirst("^W/", "").replace("\"", "");
    }

    static String eTag(Response response) {
        return plain(response.header("ETag"));
    }

    /**
     * {@code POST /storage/v1/object/{bucket}/{key}}: whatever was there is replaced.
     *
     * @param mimeType     null for what Storage takes by itself
     * @param cacheControl likewise
     * @param userMetadata base64 of a JSON object; null for none
     * @throws IOException when the content cannot be read
     */
    public void put(
            String bucket,
            String key,
            Content content,
            long size,
            String mimeType,
            String cacheControl,
            String userMetadata)
            throws IOException, InterruptedException {
        Request.Builder request = request(url(null, bucket, key)).header("x-upsert", "true");
        if (cacheControl != null) {
            request.header("Cache-Control", cacheControl);
        }
        if (userMetadata != null) {
            request.header("x-metadata", userMetadata);
        }
        MediaType type = mimeType == null ? null : MediaType.parse(mimeType);
        try {
            call(Operation.WRITE_OBJECT, request.post(new ContentBody(content, size, type)).build())
                    .orElseThrow(() -> failures.unreadable(Operation.WRITE_OBJECT))
                    .close();
        } catch (ContentException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private HttpUrl url(String how, String bucket, String key) {
        HttpUrl base = environment.projectUrl() == null ? null : HttpUrl.parse(environment.projectUrl());
        if (base == null) {
            throw failures.badUrl();
        }
        HttpUrl.Builder url = base.newBuilder().addPathSegments("storage/v1/object");
        if (how != null) {
            url.addPathSegment(how);
        }
        // OkHttp would take a backslash for a slash.
        String path = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
        return url.addPathSegment(bucket).addEncodedPathSegments(path).build();
    }

    private Request.Builder request(HttpUrl url) {
        String key = requests.usable(apiKey);
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("apikey", key)
                // The bytes are wanted as they are stored, with their length.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", Requests.userAgent());
        return key.startsWith("sb_") ? request : request.header("Authorization", "Bearer " + key);
    }

    private Optional<Response> call(Operation operation, Request request) throws InterruptedException {
        Backoff backoff = new Backoff();
        while (true) {
            try {
                Response response = client.newCall(request).execute();
                if (response.isSuccessful()) {
                    return Optional.of(response);
                }
                Answer answer = error(response);
                ManagementException failure = failures.of(operation, answer);
                if (failure.status() == NOT_FOUND || request.method().equals("HEAD") && answer.status() == 400) {
                    return Optional.empty();
                }
                boolean mayPass = answer.status() == TOO_MANY_REQUESTS || answer.status() >= SERVER_ERROR;
                if (!mayPass || backoff.attempts() >= ATTEMPTS) {
                    throw failure;
                }
            } catch (ContentException e) {
                throw e;
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (backoff.attempts() >= ATTEMPTS) {
                    throw failures.of(operation, e);
                }
            }
            Thread.sleep(backoff.next().toMillis());
        }
    }

    private static Answer error(Response response) throws IOException {
        try (response) {
            Buffer body = new Buffer();
            response.body().source().request(LONGEST_ERROR);
            Buffer buffered = response.body().source().getBuffer();
            body.write(buffered, Math.min(buffered.size(), LONGEST_ERROR));
            return new Answer(response.code(), response.headers(), body.readByteArray());
        }
    }

    /** What is to be sent could not be read, which sending it again does not mend. */
    private static final class ContentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ContentException(Exception cause) {
            super(cause);
        }
    }

    private static final class ContentBody extends RequestBody {
        private final Content content;
        private final long size;
        private final MediaType type;

        ContentBody(Content content, long size, MediaType type) {
            this.content = content;
            this.size = size;
            this.type = type;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return size;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (InputStream stream = content.open();
                    Source source = Okio.source(new ContentStream(stream))) {
                sink.writeAll(source);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** Tells a failure to read from one to send. */
    private static final class ContentStream extends InputStream {
        private final InputStream stream;

        ContentStream(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            try {
                return stream.read(target, offset, length);
            } catch (IOException e) {
                throw new ContentException(e);
            }
        }
    }
}

package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.management.Backoff;
import io.jenkins.plugins.supabase.core.management.ProxyRoute;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Signs calls, sends them, and sends them again where the server was busy, failed or was not reached. All of S3's calls
 * that are made here may be repeated. OkHttp's threads do the blocking, so that an interrupt ends a call at once.
 */
final class S3Client implements AutoCloseable {
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_CALLS_AT_ONCE = 16;
    /** A wrong address does not get right by waiting, but a name server or a restart may need a moment. */
    private static final int ATTEMPTS_WITHOUT_CONNECTION = 3;

    /** What is sent slower than that, in bytes a second, counts as hanging. */
    private static final long SLOWEST = 16 << 10;
    /** A limit may be shared by so many calls, and a little more for what is sent again. */
    private static final int SHARES = 2 * MOST_CALLS_AT_ONCE;

    private static final String NO_BODY = Sha256.of("");

    private final S3Settings settings;
    private final S3Patience patience;
    private final S3Failures failures;
    private final S3Signer signer;
    private final Throttle throttle;
    private final HttpUrl base;
    private final OkHttpClient client;

    S3Client(S3Settings settings, S3Patience patience, S3Failures failures, Throttle throttle) {
        this.throttle = throttle;
        this.settings = settings;
        this.patience = patience;
        this.failures = failures;
        this.signer = new S3Signer(
                settings.regionToSign(), settings.accessKey(), settings.secretKey(), settings.sessionToken());
        this.base = base(settings);
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(MOST_CALLS_AT_ONCE);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(patience.connect())
                .readTimeout(patience.idle())
                .writeTimeout(patience.idle())
                // A signature is good for one address alone.
                .followRedirects(false)
                .followSslRedirects(false);
        ProxyRoute.use(settings.proxy(), builder);
        this.client = builder.build();
    }

    private static HttpUrl base(S3Settings settings) {
        HttpUrl address = HttpUrl.get(settings.address());
        return settings.pathStyle()
                ? address
                : address.newBuilder().host(settings.bucket() + "." + address.host()).build();
    }

    private interface Reader<T> {
        T read(Response response) throws IOException;
    }

    /** @return an answer that further attempts would not change: success or not */
    S3Answer call(S3Request request) throws InterruptedException {
        return exchange(request, S3Client::read, Function.identity());
    }

    /** Tries once what helps but is not needed, such as cleaning up after a failure. */
    void attempt(S3Request request) throws InterruptedException {
        try {
            send(signed(request)).close();
        } catch (IOException e) {
            // What led here is what a person has to know.
        }
    }

    /** @return a successful answer */
    S3Answer must(S3Request request) throws InterruptedException {
        S3Answer answer = call(request);
        if (!answer.isSuccess()) {
            throw failures.of(request.doing(), S3Error.of(answer));
        }
        return answer;
    }

    /** @return a successful answer whose body is yet to be read; the caller closes it */
    Response stream(S3Request request, Function<S3Error, DestinationException> refused) throws InterruptedException {
        return exchange(request, response -> response, answer -> {
            throw refused.apply(S3Error.of(answer));
        });
    }

    private <T> T exchange(S3Request request, Reader<T> onSuccess, Function<S3Answer, T> otherwise)
            throws InterruptedException {
        Backoff backoff = new Backoff();
        while (true) {
            boolean last = backoff.attempts() + 1 >= patience.attempts();
            try {
                Response response = send(signed(request));
                if (response.isSuccessful()) {
                    return onSuccess.read(response);
                }
                S3Answer answer = read(response);
                if (last || !S3Error.of(answer).passes()) {
                    return otherwise.apply(answer);
                }
            } catch (S3Body.SourceException e) {
                throw failures.source(request.doing(), e);
            } catch (IOException e) {
                if (last || isHopeless(e, backoff.attempts() + 1)) {
                    throw failures.unreachable(request.doing(), e);
                }
            }
            Thread.sleep(backoff.next().toMillis());
        }
    }

    private static boolean isHopeless(IOException failure, int attempts) {
        boolean neverReached = failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException;
        return failure instanceof SSLException || (neverReached && attempts >= ATTEMPTS_WITHOUT_CONNECTION);
    }

    private Request signed(S3Request request) {
        HttpUrl url = url(request);
        SortedMap<String, String> headers = new TreeMap<>(request.headers());
        headers.put("host", host(url));
        String sha256 = request.body() == null ? NO_BODY : request.body().digest();
        if (request.body() != null) {
            // A bucket that locks what it gets wants it, and knows nothing of the signed SHA-256.
            headers.put("content-md5", Base64.getEncoder().encodeToString(request.body().md5()));
        }
        SortedMap<String, String> signed = signer.sign(
                request.method(), url.encodedPath(), request.query(), headers, sha256, Clock.systemUTC().instant());
        Request.Builder builder = new Request.Builder().url(url);
        signed.forEach(builder::header);
        // Or OkHttp would ask for gzip and hide the real size.
        builder.header("Accept-Encoding", "identity");
        return builder.method(request.method(), throttle.limit(body(request))).build();
    }

    private static RequestBody body(S3Request request) {
        boolean needsOne = request.method().equals("PUT") || request.method().equals("POST");
        return request.body() == null && needsOne ? RequestBody.create(new byte[0]) : request.body();
    }

    private HttpUrl url(S3Request request) {
        String path = base.encodedPath().replaceFirst("/$", "");
        if (settings.pathStyle()) {
            path += "/" + S3Signer.path(settings.bucket());
        }
        if (!request.key().isEmpty()) {
            path += "/" + S3Signer.path(request.key());
        }
        String query = S3Signer.query(request.query());
        return base.newBuilder()
                .encodedPath(path.isEmpty() ? "/" : path)
                .encodedQuery(query.isEmpty() ? null : query)
                .build();
    }

    private static String host(HttpUrl url) {
        String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }

    private Response send(Request request) throws IOException, InterruptedException {
        Call call = client.newBuilder().callTimeout(longest(request)).build().newCall(request);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call answered, Response response) {
                if (!answer.complete(response)) {
                    response.close();
                }
            }

            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            call.cancel();
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What does not stream to here ends in time even where a byte comes now and then. */
    private Duration longest(Request request) throws IOException {
        if (request.method().equals("GET")) {
            return Duration.ZERO;
        }
        long bytes = request.body() == null ? 0 : request.body().contentLength();
        long slowest = throttle.isNone() ? SLOWEST : Math.min(SLOWEST, throttle.bytesPerSecond() / SHARES);
        return patience.idle().plusSeconds(bytes / slowest);
    }

    private static S3Answer read(Response response) throws IOException {
        try (response) {
            BufferedSource source = response.body().source();
            if (source.request(MOST_BYTES + 1)) {
                throw new IOException("an answer of more than %d MiB".formatted(MOST_BYTES >> 20));
            }
            return new S3Answer(response.code(), response.headers(), source.readByteArray());
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        try {
            client.dispatcher().executorService().awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

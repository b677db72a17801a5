package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.management.ProxyRoute;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Sends probes over HTTP/1.1. Calls are made on the caller's thread: OkHttp queues only asynchronous ones (at most five
 * to a host unless told otherwise), so that here the time of an answer never includes a wait for a turn.
 */
final class HttpProber implements AutoCloseable {
    private static final String USER_AGENT = "supabase-delivery-jenkins-plugin";
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);
    private static final long BODY_BYTES = 512;
    private static final List<ConnectionSpec> TLS_OR_NOT = List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);
    private static final byte[] NOTHING = {};

    private final OkHttpClient client;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param concurrency how many calls are made at once; that many connections are kept for the next round
     * @param tls         whether any URL is https; without it no certificates are read, 0.2 s of a first check
     * @param proxy       null for a direct connection
     */
    HttpProber(int concurrency, boolean tls, ProxySettings proxy) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionSpecs(tls ? TLS_OR_NOT : List.of(ConnectionSpec.CLEARTEXT))
                .connectionPool(new ConnectionPool(concurrency, 1, TimeUnit.MINUTES))
                .followRedirects(false)
                .followSslRedirects(false)
                // Racing a host's addresses costs a thread for each new connection, half of all the work. One after the
                // other does: the JDK tries IPv4 first, and an address that is dead is left after this timeout.
                .fastFallback(false)
                .connectTimeout(LONGEST_CONNECT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
        ProxyRoute.use(proxy, builder);
        client = builder.build();
    }

    /**
     * @param budget for everything from looking up the host to the head of the answer
     * @throws NoAnswerException if there is none
     */
    HttpAnswer ask(HttpQuestion question, Duration budget) throws NoAnswerException, InterruptedException {
        Call call = client.newCall(request(question));
        call.timeout().timeout(Math.max(1, budget.toMillis()), TimeUnit.MILLISECONDS);
        calls.add(call);
        if (closed) {
            call.cancel();
        }
        long start = System.nanoTime();
        try (Response response = call.execute()) {
            Duration latency = Duration.ofNanos(System.nanoTime() - start);
            return new HttpAnswer(
                    response.code(), latency, response.header("sb-error-code"), startOf(response));
        } catch (IOException e) {
            if (closed || Thread.interrupted()) {
                throw new InterruptedException();
            }
            Duration after = Duration.ofNanos(System.nanoTime() - start);
            throw new NoAnswerException(reason(e), after, e instanceof InterruptedIOException, e);
        } finally {
            calls.remove(call);
        }
    }

    /** Cancels what is under way; those calls end with an {@link InterruptedException}. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(Call::cancel);
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private static Request request(HttpQuestion question) {
        RequestBody body = switch (question.method()) {
            case "POST", "PUT", "PATCH" -> RequestBody.create(NOTHING);
            default -> null;
        };
        Request.Builder request = new Request.Builder()
                .url(question.url())
                .method(question.method(), body)
                .header("User-Agent", USER_AGENT);
        if (question.apiKey() != null) {
            String key = question.key();
            request.header("apikey", key);
            if (isJwt(key)) {
                request.header("Authorization", "Bearer " + key);
            }
        }
        return request.build();
    }

    /** The legacy keys are JWTs and go into both headers; the newer ones are refused as a bearer token. */
    private static boolean isJwt(String key) {
        return key.startsWith("eyJ");
    }

    /** A body that breaks off, or is slow to come, takes nothing away from the answer's head. */
    private static byte[] startOf(Response response) {
        if (response.request().method().equals("HEAD") || response.code() == 204) {
            return NOTHING;
        }
        try {
            BufferedSource source = response.body().source();
            source.request(BODY_BYTES);
            return source.getBuffer().readByteArray(Math.min(BODY_BYTES, source.getBuffer().size()));
        } catch (IOException e) {
            return NOTHING;
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof InterruptedIOException) {
            return "no answer in time";
        }
        if (failure instanceof UnknownHostException) {
            return "the host name cannot be resolved";
        }
        if (failure instanceof SSLException) {
            return "TLS failed: " + oneLine(failure.getMessage());
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return "cannot connect: " + oneLine(failure.getMessage());
        }
        if (failure instanceof SocketException || failure.getCause() instanceof EOFException) {
            return "the connection broke: " + oneLine(failure.getMessage());
        }
        return "no valid answer: " + oneLine(failure.getMessage());
    }

    private static String oneLine(String message) {
        String line = message == null ? "no reason given" : message.strip().replaceAll("\\s+", " ");
        return line.length() <= 160 ? line : line.substring(0, 159) + "…";
    }
}

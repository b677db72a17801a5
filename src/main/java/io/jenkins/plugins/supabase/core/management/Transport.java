package io.jenkins.plugins.supabase.core.management;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Sends single requests. OkHttp's threads do the blocking, so that an interrupt of the calling thread ends the call at
 * once instead of when the next byte comes.
 */
final class Transport implements AutoCloseable {
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_CALLS_AT_ONCE = 16;

    private final OkHttpClient client;

    Transport(ManagementOptions options) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(MOST_CALLS_AT_ONCE);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectTimeout(options.connectTimeout())
                .writeTimeout(Duration.ZERO)
                // The token must reach no host but the one it was meant for.
                .followRedirects(false)
                .followSslRedirects(false);
        ProxyRoute.use(options.proxy(), builder);
        this.client = builder.build();
    }

    /**
     * @param patience for the whole call; also ends a TLS handshake that the other side does not answer
     * @param once     whether OkHttp must not send it again by itself, as it does when a connection that it kept turns
     *                 out to be dead; it then gets a connection of its own, which cannot have died meanwhile
     */
    Answer send(Request request, Duration patience, boolean once) throws IOException, InterruptedException {
        if (once) {
            client.connectionPool().evictAll();
        }
        Call call = client.newBuilder()
                .callTimeout(patience)
                .readTimeout(patience)
                .retryOnConnectionFailure(!once)
                .build()
                .newCall(request);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    answer.complete(read(response));
                } catch (IOException | RuntimeException e) {
                    answer.completeExceptionally(e);
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
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * @param silence for how long nothing may come or go; a whole call may take as long as it needs
     * @return for bodies that do not fit into memory, over the same connections
     */
    OkHttpClient streaming(Duration silence) {
        return client.newBuilder()
                .readTimeout(silence)
                .writeTimeout(silence)
                .callTimeout(Duration.ZERO)
                .build();
    }

    private static Answer read(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(MOST_BYTES + 1)) {
            throw new AnswerTooLongException(MOST_BYTES);
        }
        return new Answer(response.code(), response.headers(), source.readByteArray());
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

package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.management.ProxyRoute;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Posts lines to an address. */
final class EventWebhook implements EventSink {
    private static final MediaType LINES = MediaType.get("application/x-ndjson");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String url;
    private final SecretText token;
    private final OkHttpClient client;

    /**
     * @param token null for none
     * @param proxy null for direct connections
     */
    EventWebhook(String url, SecretText token, ProxySettings proxy) {
        this.url = url;
        this.token = token;
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder().callTimeout(LIMIT).followRedirects(false);
        ProxyRoute.use(proxy, builder);
        this.client = builder.build();
    }

    @Override
    public String name() {
        return "webhook";
    }

    /** The answer's body is not read: nobody here needs it. */
    @Override
    public void write(List<String> lines) throws IOException {
        Request.Builder request =
                new Request.Builder().url(url).post(RequestBody.create(String.join("\n", lines) + "\n", LINES));
        if (token != null) {
            request.header("Authorization", "Bearer " + token.reveal());
        }
        try (Response response = client.newCall(request.build()).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("The webhook for events answered " + response.code());
            }
        }
    }
}

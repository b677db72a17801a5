package io.jenkins.plugins.supabase.core.webhook;

import io.jenkins.plugins.supabase.core.environment.HttpUrlRule;
import io.jenkins.plugins.supabase.core.management.ProxyRoute;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Posts texts to an address. Tells nobody what it is: that of a chat is a secret. */
public final class Webhook {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final HttpUrl url;
    private final SecretText token;
    private final OkHttpClient client;

    /**
     * @param name  for messages, such as {@code The webhook for events}
     * @param url   https, or of this machine
     * @param token sent as a bearer token; null for none
     * @param proxy null for direct connections
     * @throws IllegalArgumentException where the address cannot be used, without it
     */
    public Webhook(String name, String url, SecretText token, ProxySettings proxy) {
        this.name = name;
        this.url = HttpUrl.parse(url.strip());
        if (this.url == null || !this.url.isHttps() && !HttpUrlRule.isLoopback(this.url.host())) {
            throw new IllegalArgumentException(name + " has an address that is not of the form https://host/path."
                    + " Plain http is accepted for localhost only.");
        }
        this.token = token;
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder().callTimeout(LIMIT).followRedirects(false);
        ProxyRoute.use(proxy, builder);
        this.client = builder.build();
    }

    /**
     * The answer's body is not read: nobody here needs it.
     *
     * @param mediaType such as {@code application/json}
     * @throws IOException if it was not taken within 20 seconds; names the host, and nothing else of the address
     */
    public void post(String mediaType, String body) throws IOException {
        Request.Builder request =
                new Request.Builder().url(url).post(RequestBody.create(body, MediaType.get(mediaType)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token.reveal());
        }
        try (Response response = client.newCall(request.build()).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException(name + " answered " + response.code());
            }
        } catch (IOException e) {
            // Without its cause, which a log would print as it is.
            throw new IOException(e.getMessage() == null ? e.getClass().getSimpleName() : withoutAddress(e.getMessage()));
        }
    }

    private String withoutAddress(String message) {
        String query = url.encodedQuery() == null ? "" : "?" + url.encodedQuery();
        String place = url.encodedPath() + query;
        return place.equals("/") ? message : message.replace(place, "/…").replace(url.encodedPath(), "/…");
    }
}

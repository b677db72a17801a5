package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.webhook.Webhook;
import java.io.IOException;
import java.util.List;

/** Posts lines to an address. */
final class EventWebhook implements EventSink {
    private static final String LINES = "application/x-ndjson";

    private final Webhook webhook;

    /**
     * @param token null for none
     * @param proxy null for direct connections
     */
    EventWebhook(String url, SecretText token, ProxySettings proxy) {
        webhook = new Webhook("The webhook for events", url, token, proxy);
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void write(List<String> lines) throws IOException {
        webhook.post(LINES, String.join("\n", lines) + "\n");
    }
}

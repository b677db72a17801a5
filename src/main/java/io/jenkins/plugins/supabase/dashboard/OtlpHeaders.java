package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Headers as the variable {@code OTEL_EXPORTER_OTLP_HEADERS} has them: {@code name=value} pairs, separated by commas, values
 * percent-encoded. Source: OpenTelemetry specification, "OpenTelemetry Protocol Exporter".
 */
final class OtlpHeaders {
    private OtlpHeaders() {}

    /**
     * @param text null for none
     * @throws DeliveryException where it is not of that form; does not show it
     */
    static Map<String, String> parse(SecretText text) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (text == null) {
            return headers;
        }
        for (String pair : text.reveal().split(",")) {
            int sign = pair.indexOf('=');
            if (sign < 1) {
                throw unreadable();
            }
            try {
                // A plus sign is one: only percent signs stand for something else.
                String value = pair.substring(sign + 1).strip().replace("+", "%2B");
                headers.put(pair.substring(0, sign).strip(), URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw unreadable();
            }
        }
        return headers;
    }

    private static DeliveryException unreadable() {
        return new DeliveryException("The headers for the OpenTelemetry endpoint are not of the form"
                + " name=value,name=value with percent-encoded values. No event was sent there; they are sent once the"
                + " credential is right. Correct the secret text that otlpHeadersCredentialsId names.");
    }
}

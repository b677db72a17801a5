package io.jenkins.plugins.supabase.core.management;

import java.io.Serializable;
import java.time.Duration;

/**
 * How patient a {@link ManagementClient} is.
 *
 * @param connectTimeout for one connection, TLS included
 * @param callTimeout    for one request with its answer
 * @param retryFor       how long a call goes on after rate limits, 502, 503, 504 and lost connections, counted from
 *                       its first attempt
 * @param proxy          null for a direct connection
 */
public record ManagementOptions(Duration connectTimeout, Duration callTimeout, Duration retryFor, ProxySettings proxy)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final ManagementOptions DEFAULT =
            new ManagementOptions(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(5), null);

    public ManagementOptions withProxy(ProxySettings other) {
        return new ManagementOptions(connectTimeout, callTimeout, retryFor, other);
    }

    public ManagementOptions withRetryFor(Duration other) {
        return new ManagementOptions(connectTimeout, callTimeout, other, proxy);
    }
}

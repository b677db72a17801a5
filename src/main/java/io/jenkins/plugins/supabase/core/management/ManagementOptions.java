package io.jenkins.plugins.supabase.core.management;

import java.io.Serializable;
import java.time.Duration;

/**
 * How patient a {@link ManagementClient} is.
 *
 * @param connectTimeout for one connection
 * @param callTimeout    for one upload or activation with its answer; other calls take at most a minute of it
 * @param retryFor       how long a call goes on after rate limits, 502, 503, 504 and lost connections, counted from
 *                       its first attempt
 * @param proxy          null for a direct connection
 */
public record ManagementOptions(Duration connectTimeout, Duration callTimeout, Duration retryFor, ProxySettings proxy)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    public static final ManagementOptions DEFAULT =
            new ManagementOptions(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(5), null);

    Duration patience(Operation operation) {
        return !operation.takesLong() && callTimeout.compareTo(LONGEST_CALL) > 0 ? LONGEST_CALL : callTimeout;
    }

    public ManagementOptions withProxy(ProxySettings other) {
        return new ManagementOptions(connectTimeout, callTimeout, retryFor, other);
    }

    public ManagementOptions withRetryFor(Duration other) {
        return new ManagementOptions(connectTimeout, callTimeout, other, proxy);
    }
}

package io.jenkins.plugins.supabase.core.management;

import java.io.Serializable;
import java.time.Duration;

/**
 * How patient a {@link ManagementClient} is.
 *
 * @param connectTimeout for one connection
 * @param callTimeout    for one upload or activation with its answer; reading takes at most a minute of it
 * @param retryFor       how long a call goes on after rate limits, 502, 503, 504 and lost connections, counted from
 *                       its first attempt
 * @param proxy          null for a direct connection
 */
public record ManagementOptions(Duration connectTimeout, Duration callTimeout, Duration retryFor, ProxySettings proxy)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Duration LONGEST_READ = Duration.ofMinutes(1);

    public static final ManagementOptions DEFAULT =
            new ManagementOptions(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(5), null);

    Duration patience(Operation operation) {
        boolean reads = operation != Operation.BUNDLE_FUNCTION && operation != Operation.ACTIVATE_FUNCTIONS;
        return reads && callTimeout.compareTo(LONGEST_READ) > 0 ? LONGEST_READ : callTimeout;
    }

    public ManagementOptions withProxy(ProxySettings other) {
        return new ManagementOptions(connectTimeout, callTimeout, retryFor, other);
    }

    public ManagementOptions withRetryFor(Duration other) {
        return new ManagementOptions(connectTimeout, callTimeout, other, proxy);
    }
}

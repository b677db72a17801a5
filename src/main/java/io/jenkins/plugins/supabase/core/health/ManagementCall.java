package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Calls of the Management API for probes. The client itself repeats a call that hit a rate limit or a passing failure,
 * so a call may take until the check's end rather than an attempt's.
 */
final class ManagementCall {
    private final ManagementClient client;
    private final Watchdog watchdog;

    ManagementCall(ManagementClient client, Watchdog watchdog) {
        this.client = client;
        this.watchdog = watchdog;
    }

    interface Request<T> {
        T send(ManagementClient client) throws InterruptedException;
    }

    <T> List<Finding> ask(
            List<Subject> open,
            Probe.Clock clock,
            Request<T> request,
            BiFunction<T, Duration, List<Finding>> judge)
            throws InterruptedException {
        long start = System.nanoTime();
        try {
            T answer = watchdog.watch(clock.check(), () -> {}, () -> request.send(client));
            return judge.apply(answer, since(start));
        } catch (ManagementException e) {
            return failed(open, since(start), e.getMessage(), definite(e));
        } catch (TimeoutException e) {
            return open.stream()
                    .map(subject -> Finding.late(subject, since(start), clock.check()))
                    .toList();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reason is a paragraph: one row has it, the others point there. */
    private static List<Finding> failed(List<Subject> open, Duration latency, String reason, boolean definite) {
        Subject first = open.get(0);
        return open.stream()
                .map(subject -> {
                    String detail = subject.equals(first) ? reason : "not known, as with " + first.name();
                    return definite
                            ? Finding.hopeless(subject, latency, detail)
                            : Finding.unhealthy(subject, latency, detail);
                })
                .toList();
    }

    /** Refusals stay, such as 401 and 403; so does a setting with which nothing can be sent. */
    private static boolean definite(ManagementException failure) {
        int status = failure.status();
        return status == 0 ? failure.getCause() == null : status < 500 && status != 408 && status != 429;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import okhttp3.Request;

/**
 * Repeats calls until they succeed, fail for good or have taken too long. Every call of this client may be repeated:
 * reading, bundling (which activates nothing) and the bulk update, which the OpenAPI document calls idempotent.
 */
final class Caller {
    /** A wrong address does not get right by waiting, but a name server or a restart may need a moment. */
    private static final int ATTEMPTS_WITHOUT_CONNECTION = 3;

    private final Transport transport;
    private final Failures failures;
    private final Progress progress;
    private final ManagementOptions options;
    private final RateLimit rateLimit = new RateLimit();

    Caller(Transport transport, Failures failures, Progress progress, ManagementOptions options) {
        this.transport = transport;
        this.failures = failures;
        this.progress = progress;
        this.options = options;
    }

    /** @return a successful answer */
    Answer call(Operation operation, Request request) throws InterruptedException {
        long deadline = System.nanoTime() + options.retryFor().toNanos();
        Backoff backoff = new Backoff();
        while (true) {
            awaitTurn(operation, deadline);
            Answer answer;
            try {
                answer = transport.send(request, options.patience(operation));
            } catch (IOException e) {
                pauseAfter(e, operation, backoff, deadline);
                continue;
            }
            rateLimit.observe(operation, answer);
            if (answer.isSuccess()) {
                return answer;
            }
            if (answer.isRateLimited()) {
                Duration asked = RateLimit.askedFor(answer);
                rateLimit.holdAll(asked == null ? backoff.next() : asked.plus(jitter()));
            } else if (answer.isPassingFailure()) {
                pause(operation, backoff.next(), deadline, "answered " + answer.status(),
                        () -> failures.of(operation, answer));
            } else {
                throw failures.of(operation, answer);
            }
        }
    }

    private static Duration jitter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(50, 250));
    }

    private void awaitTurn(Operation operation, long deadline) throws InterruptedException {
        Duration wait = rateLimit.wait(operation);
        while (!wait.isZero()) {
            if (System.nanoTime() + wait.toNanos() - deadline > 0) {
                throw failures.rateLimited(operation, options.retryFor());
            }
            if (rateLimit.announce(wait)) {
                progress.line("The Management API is rate limited, going on in %s.".formatted(seconds(wait)));
            }
            sleep(wait);
            wait = rateLimit.wait(operation);
        }
    }

    private void pauseAfter(IOException failure, Operation operation, Backoff backoff, long deadline)
            throws InterruptedException {
        boolean neverReached = failure instanceof ConnectException || failure instanceof UnknownHostException;
        boolean hopeless = failure instanceof SSLException
                || failure instanceof FileNotFoundException
                || failure instanceof FileSystemException
                || (neverReached && backoff.attempts() + 1 >= ATTEMPTS_WITHOUT_CONNECTION);
        if (hopeless) {
            throw failures.of(operation, failure);
        }
        pause(operation, backoff.next(), deadline, failures.brief(operation, failure), () -> failures.of(operation, failure));
    }

    private void pause(
            Operation operation,
            Duration pause,
            long deadline,
            String why,
            Supplier<ManagementException> tooLate)
            throws InterruptedException {
        if (System.nanoTime() + pause.toNanos() - deadline > 0) {
            throw tooLate.get();
        }
        progress.line("The Management API %s while %s, trying again in %s."
                .formatted(why, operation.doing(), seconds(pause)));
        sleep(pause);
    }

    private static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis() + 1);
    }

    private static String seconds(Duration time) {
        return Math.max(1, Math.round(time.toMillis() / 1000.0)) + " s";
    }
}

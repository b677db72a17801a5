package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import okhttp3.Request;

/**
 * Repeats calls until they succeed, fail for good or have taken too long. A call that is not idempotent is repeated
 * only where it cannot have had an effect: after a 429, or when no connection came about.
 */
final class Caller {
    /** A wrong address does not get right by waiting, but a name server or a restart may need a moment. */
    private static final int ATTEMPTS_WITHOUT_CONNECTION = 3;

    /**
     * The API answers 500 for what passes and for what it cannot do at all: worth asking again, but not for minutes.
     */
    private static final int ATTEMPTS_WITH_INTERNAL_ERROR = 3;

    private final Service service;
    private final Transport transport;
    private final Failures failures;
    private final Progress progress;
    private final ManagementOptions options;
    private final CallLog log;
    private final RateLimit rateLimit = new RateLimit();

    Caller(
            Service service,
            Transport transport,
            Failures failures,
            Progress progress,
            ManagementOptions options,
            CallLog log) {
        this.service = service;
        this.transport = transport;
        this.failures = failures;
        this.progress = progress;
        this.options = options;
        this.log = log;
    }

    /** @return a successful answer */
    Answer call(Operation operation, Request request) throws InterruptedException {
        long deadline = System.nanoTime() + options.retryFor().toNanos();
        Backoff backoff = new Backoff();
        while (true) {
            awaitTurn(operation, deadline);
            Answer answer;
            try {
                answer = send(operation, request);
            } catch (IOException e) {
                pauseAfter(e, operation, backoff, deadline);
                continue;
            }
            if (answer.isSuccess()) {
                return answer;
            }
            if (answer.isRateLimited()) {
                Duration asked = RateLimit.askedFor(answer);
                rateLimit.holdAll(asked == null ? backoff.next() : asked.plus(RateLimit.jitter()));
            } else if (mayPass(answer, operation, backoff)) {
                pause(operation, backoff.next(), deadline, "answered " + answer.status(),
                        () -> failures.of(operation, answer));
            } else {
                throw failures.of(operation, answer);
            }
        }
    }

    private Answer send(Operation operation, Request request) throws IOException, InterruptedException {
        long begun = log.begin();
        Answer answer = null;
        try {
            answer = transport.send(request, options.patience(operation), !operation.idempotent());
            log.answered(request, begun, answer);
            return answer;
        } catch (IOException e) {
            log.failed(request, begun, e);
            throw e;
        } finally {
            if (answer == null) {
                rateLimit.lost(operation);
            } else {
                rateLimit.observe(operation, answer);
            }
        }
    }

    private static boolean mayPass(Answer answer, Operation operation, Backoff backoff) {
        return operation.idempotent()
                && (answer.isPassingFailure()
                        || (answer.isInternalError() && backoff.attempts() + 1 < ATTEMPTS_WITH_INTERNAL_ERROR));
    }

    private void awaitTurn(Operation operation, long deadline) throws InterruptedException {
        Duration wait = rateLimit.take(operation);
        while (!wait.isZero()) {
            if (System.nanoTime() + wait.toNanos() - deadline > 0) {
                throw failures.rateLimited(operation, options.retryFor());
            }
            if (rateLimit.announce(wait)) {
                progress.line("%s is rate limited, going on in %s.".formatted(service.name(), seconds(wait)));
            }
            sleep(wait);
            wait = rateLimit.take(operation);
        }
    }

    private void pauseAfter(IOException failure, Operation operation, Backoff backoff, long deadline)
            throws InterruptedException {
        boolean neverReached = failure instanceof ConnectException || failure instanceof UnknownHostException;
        boolean hopeless = failure instanceof SSLException
                || failure instanceof FileNotFoundException
                || failure instanceof FileSystemException
                || failure instanceof AnswerTooLongException
                || !(neverReached || operation.idempotent())
                || (neverReached && backoff.attempts() + 1 >= ATTEMPTS_WITHOUT_CONNECTION);
        if (hopeless) {
            throw failures.of(operation, failure);
        }
        String why = failures.brief(operation, failure);
        pause(operation, backoff.next(), deadline, why, () -> failures.of(operation, failure));
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
        progress.line("%s %s while %s, trying again in %s."
                .formatted(service.name(), why, operation.doing(), seconds(pause)));
        sleep(pause);
    }

    private static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis() + 1);
    }

    private static String seconds(Duration time) {
        return Math.max(1, Math.round(time.toMillis() / 1000.0)) + " s";
    }
}

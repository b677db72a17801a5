package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.time.Duration;
import java.util.Optional;

/** Asks one of the project's own endpoints. */
abstract class EndpointProbe extends SingleProbe {
    /** The platform's own status for a project that is paused (its list of HTTP status codes). */
    private static final int PAUSED = 540;

    private final HttpProber http;
    private final HttpQuestion question;

    EndpointProbe(Subject subject, HttpProber http, HttpQuestion question) {
        super(subject);
        this.http = http;
        this.question = question;
    }

    @Override
    final Finding ask(Duration budget) throws InterruptedException {
        if (!question.canBeSent()) {
            return hopeless(
                    Duration.ZERO,
                    "not asked: the API key (apiKeyCredentialsId) holds characters that no key has, such as a space or "
                            + "a line break; correct the credential");
        }
        long start = System.nanoTime();
        try {
            HttpAnswer answer = http.ask(question, budget);
            if (answer.status() == PAUSED) {
                return unhealthy(answer.latency(), "540: the project is paused");
            }
            Optional<HttpQuestion> second = secondQuestion(answer);
            if (second.isEmpty()) {
                return judge(answer);
            }
            Duration left = budget.minusNanos(System.nanoTime() - start);
            return judgeSecond(http.ask(second.get(), left));
        } catch (NoAnswerException e) {
            return e.late() ? late(e.after(), budget) : unhealthy(e.after(), e.getMessage());
        }
    }

    abstract Finding judge(HttpAnswer answer);

    /** @return what to ask where the first answer decides nothing */
    Optional<HttpQuestion> secondQuestion(HttpAnswer answer) {
        return Optional.empty();
    }

    Finding judgeSecond(HttpAnswer answer) {
        return judge(answer);
    }

    final Finding keyRejected(HttpAnswer answer) {
        return hopeless(
                answer.latency(),
                answer.describe() + ": the API key (apiKeyCredentialsId) was not accepted; it must be a secret key "
                        + "of this very project");
    }

    static HttpQuestion get(String url, SecretText apiKey) {
        return new HttpQuestion("GET", url, apiKey);
    }
}

package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /storage/v1/status} answers 200 from the storage service's process (its source: {@code src/app.ts} of
 * supabase/storage). That hosted gateways pass it on is not documented; where they refuse it, the buckets are listed
 * instead, which also shows that storage reaches its database.
 */
final class StorageProbe extends EndpointProbe {
    private static final Set<Integer> NOT_PASSED_ON = Set.of(400, 401, 403, 404, 405);

    private final HttpQuestion buckets;

    StorageProbe(Subject subject, HttpProber http, SecretText apiKey) {
        super(subject, http, get(subject.target() + "/status", apiKey));
        buckets = get(subject.target() + "/bucket?limit=1", apiKey);
    }

    @Override
    Optional<HttpQuestion> secondQuestion(HttpAnswer answer) {
        return NOT_PASSED_ON.contains(answer.status()) ? Optional.of(buckets) : Optional.empty();
    }

    @Override
    Finding judge(HttpAnswer answer) {
        return answer.successful()
                ? healthy(answer.latency(), "status " + answer.status())
                : unhealthy(answer.latency(), "status answered " + answer.describe());
    }

    @Override
    Finding judgeSecond(HttpAnswer answer) {
        if (answer.keyRejected()) {
            return keyRejected(answer);
        }
        return answer.successful()
                ? healthy(answer.latency(), "listing buckets " + answer.status())
                : unhealthy(answer.latency(), "listing buckets answered " + answer.describe());
    }
}

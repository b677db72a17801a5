package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.SecretText;

/** {@code /auth/v1/health} answers 200 with the service's name and version to a request with an API key. */
final class AuthProbe extends EndpointProbe {
    AuthProbe(Subject subject, HttpProber http, SecretText apiKey) {
        super(subject, http, get(subject.target(), apiKey));
    }

    @Override
    Finding judge(HttpAnswer answer) {
        if (answer.keyRejected()) {
            return keyRejected(answer);
        }
        if (answer.status() != 200) {
            return unhealthy(answer.latency(), "answered " + answer.describe());
        }
        String version = answer.field("version").map(value -> " " + value).orElse("");
        return healthy(answer.latency(), answer.field("name").map(name -> name + version).orElse("200"));
    }
}

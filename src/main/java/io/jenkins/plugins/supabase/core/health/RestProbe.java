package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.SecretText;

/**
 * Reads one row of a table, or calls a database function with {@code GET}, which PostgREST runs in a read-only
 * transaction; without either the root, which describes the API. Since 2026-04 the root is closed to all but secret keys,
 * and it says less: PostgREST answers it from its cache. The rows are not looked at.
 */
final class RestProbe extends EndpointProbe {
    private final boolean root;

    private RestProbe(Subject subject, HttpProber http, HttpQuestion question, boolean root) {
        super(subject, http, question);
        this.root = root;
    }

    static RestProbe table(Subject subject, HttpProber http, SecretText apiKey) {
        return new RestProbe(subject, http, get(subject.target() + "?select=*&limit=1", apiKey), false);
    }

    static RestProbe rpc(Subject subject, HttpProber http, SecretText apiKey) {
        return new RestProbe(subject, http, get(subject.target(), apiKey), false);
    }

    static RestProbe root(Subject subject, HttpProber http, SecretText apiKey) {
        return new RestProbe(subject, http, get(subject.target(), apiKey), true);
    }

    @Override
    Finding judge(HttpAnswer answer) {
        if (answer.successful()) {
            return healthy(answer.latency(), answer.describe());
        }
        if (answer.keyRejected()) {
            return root ? rootClosed(answer) : refused(answer);
        }
        String hint = answer.status() == 404
                ? ": it is not in the API's schema cache; does it exist in an exposed schema?"
                : "";
        return unhealthy(answer.latency(), "answered " + answer.describe() + hint);
    }

    private Finding rootClosed(HttpAnswer answer) {
        return hopeless(
                answer.latency(),
                answer.describe() + ": the API's root is closed to this key; name a table or an rpc to probe instead, "
                        + "or store a secret key (apiKeyCredentialsId)");
    }

    private Finding refused(HttpAnswer answer) {
        return hopeless(
                answer.latency(),
                answer.describe() + ": the API key (apiKeyCredentialsId) was not accepted or may not read this; store "
                        + "a secret key of this project, or name a table or an rpc that its role may use");
    }
}

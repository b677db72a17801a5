package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.SecretText;

/**
 * A request without a body.
 *
 * @param apiKey null for none
 */
record HttpQuestion(String method, String url, SecretText apiKey) {
    /** OkHttp refuses other characters in a header, with an exception that shows all of them. */
    boolean canBeSent() {
        return apiKey == null || key().matches("[\\x21-\\x7e]+");
    }

    /** @return without the line break that pasting may have added */
    String key() {
        return apiKey.reveal().strip();
    }
}

package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.SecretText;

/**
 * A request without a body.
 *
 * @param apiKey null for none
 */
record HttpQuestion(String method, String url, SecretText apiKey) {}

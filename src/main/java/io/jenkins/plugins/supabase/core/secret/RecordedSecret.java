package io.jenkins.plugins.supabase.core.secret;

/**
 * What a deployment left of one secret, for the ledger. It holds no digest: the ledger is copied with every dump of the
 * database, and a key for an HMAC would have to lie beside it. The time at which the platform says that the value was
 * set shows as well that somebody else set it since.
 *
 * @param credentialsId of Jenkins, from which the value can be set again
 * @param updatedAt     see {@code StoredSecret}; null where the platform did not say
 */
public record RecordedSecret(String name, String credentialsId, String updatedAt) {}

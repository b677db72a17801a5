package io.jenkins.plugins.supabase.core.ledger;

/**
 * What runs in an environment as far as the ledger knows.
 *
 * @param deployment the last successful one
 * @param state      that the last deployment recorded which recorded one, a rolled back one included; null where none
 *     did
 */
public record CurrentState(Deployment deployment, EnvironmentState state) {}

package io.jenkins.plugins.supabase.core.function;

/**
 * What a blue-green deployment did.
 *
 * @param deployment the same as of one without shadows
 * @param wayBack    for the ledger
 */
public record BlueGreenDeployment(FunctionDeployment deployment, BlueGreenSwitch wayBack) {}

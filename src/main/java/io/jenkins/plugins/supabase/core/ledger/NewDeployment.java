package io.jenkins.plugins.supabase.core.ledger;

import java.util.Objects;

/**
 * A deployment that is about to begin. Nothing in it is a secret: all of it is stored and shown.
 *
 * @param operationId of the build's step, the same again when the build goes on after a restart
 * @param planDigest  of {@code planJson}
 * @param planJson    kept as it is
 * @param strategy    such as {@code direct} or {@code blueGreen}
 * @param actor       who asked for it: a user's id, or what started the build
 * @param buildUrl    of the build; empty where there is none
 * @param controller  the Jenkins controller's URL, or the host of a local run
 */
public record NewDeployment(
        String operationId,
        DeploymentKind kind,
        ReleaseEntry release,
        String planDigest,
        String planJson,
        String strategy,
        String actor,
        String buildUrl,
        String controller) {
    public NewDeployment {
        Objects.requireNonNull(operationId);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(release);
        Objects.requireNonNull(planDigest);
        Objects.requireNonNull(planJson);
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(actor);
        Objects.requireNonNull(buildUrl);
        Objects.requireNonNull(controller);
    }

    @Override
    public String toString() {
        return kind + " of " + release.version() + " for " + actor + " (" + buildUrl + ")";
    }
}

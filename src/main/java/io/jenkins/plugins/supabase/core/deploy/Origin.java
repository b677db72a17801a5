package io.jenkins.plugins.supabase.core.deploy;

import java.io.Serializable;

/**
 * Who deploys.
 *
 * @param operationId of the build's step, the same again when the build goes on after a restart
 * @param actor       a user's id, or what started the build
 * @param buildUrl    of the build; empty where there is none
 * @param controller  the Jenkins controller's URL, or the host of a local run
 */
public record Origin(String operationId, String actor, String buildUrl, String controller) implements Serializable {
    private static final long serialVersionUID = 1L;
}

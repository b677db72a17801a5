package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.deploy.DeployOptions;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.ReleaseSource;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What shall be promoted. Travels to the agent; never stored, since it holds secrets.
 *
 * @param from         where the release runs
 * @param fromAccess   to the database of {@code from}, for its ledger
 * @param sourceHealth what is asked of {@code from} where the gate wants it healthy; null to go by what is on record
 * @param deployment   to the environment that is promoted to; its source does not matter, as the release is the one
 *     that runs in {@code from}. Its operation id is the promotion's
 * @param gate         of the administrators
 * @param asked        by the Jenkinsfile, on top
 * @param starters     ids of the users who started the build
 * @param emergency    the reason; null where it is none. Whoever makes the request has checked the permission
 */
public record PromotionRequest(
        Environment from,
        Access fromAccess,
        HealthRequest sourceHealth,
        DeployRequest deployment,
        GateRules gate,
        GateRules asked,
        List<String> starters,
        String emergency)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public PromotionRequest {
        starters = new ArrayList<>(starters);
    }

    public PromotionRequest withDeployment(DeployRequest value) {
        return new PromotionRequest(from, fromAccess, sourceHealth, value, gate, asked, starters, emergency);
    }

    Environment to() {
        return deployment.environment();
    }

    String operationId() {
        return deployment.origin().operationId();
    }

    boolean isEmergency() {
        return emergency != null;
    }

    /** @return the administrators' rules and the Jenkinsfile's together */
    GateRules rules() {
        return gate.strengthenedBy(asked);
    }

    /** @return what brings that very bundle */
    DeployRequest bringing(String digest) {
        DeployOptions options = deployment.options();
        return deployment
                .withSource(ReleaseSource.published(digest))
                .withOptions(options.withTrace(options.trace() || rules().trace()));
    }
}

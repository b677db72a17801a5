package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentKind;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** What an environment's ledger has of a deployment or rollback that could tell nobody what it did. */
public final class RecordedDeployment {
    private RecordedDeployment() {}

    /**
     * Reads, and changes nothing.
     *
     * @param operationId as in the {@link Origin} of the deployment
     * @return its steps so far and what it recorded as its message; empty where the ledger knows no such deployment, and
     *         where the environment has no credential for its database
     * @throws DeliveryException if the ledger cannot be read
     */
    public static Optional<DeployResult> find(Environment environment, Access access, String operationId)
            throws InterruptedException {
        if (access.databasePassword() == null) {
            return Optional.empty();
        }
        try (Connection connection = Database.open(environment, access)) {
            LedgerReader ledger = Ledger.read(connection);
            return ledger.operation(operationId).map(deployment -> result(environment.name(), ledger, deployment));
        } catch (SQLException e) {
            throw new DeliveryException("The ledger of the environment \"" + environment.name() + "\" could not be read: "
                    + e.getMessage() + ".", e);
        }
    }

    private static DeployResult result(String environment, LedgerReader ledger, Deployment deployment) {
        String json = ledger.plan(deployment.id()).orElseThrow();
        Plan plan = deployment.kind() == DeploymentKind.ROLLBACK ? null : PlanJson.read(json);
        Instant end = deployment.endedAt() == null ? deployment.heartbeatAt() : deployment.endedAt();
        return new RecordedResult(deployment, plan, ledger.steps(deployment.id()), ledger.state(deployment.id()))
                .toResult(environment, json, end.toEpochMilli() - deployment.startedAt().toEpochMilli());
    }
}

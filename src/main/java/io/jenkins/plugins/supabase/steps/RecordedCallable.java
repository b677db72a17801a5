package io.jenkins.plugins.supabase.steps;

import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.RecordedDeployment;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import jenkins.security.MasterToSlaveCallable;

/** Asks an environment's ledger, from the agent, what an operation did that told no result. */
final class RecordedCallable extends MasterToSlaveCallable<DeployResult, Exception> {
    private static final long serialVersionUID = 1L;

    /** A stopped build shall end within this time, whether or not the ledger answers. */
    static final long LIMIT_SECONDS = 5;

    private final String operationId;
    private final Environment environment;
    private final Access access;

    RecordedCallable(String operationId, Environment environment, Access access) {
        this.operationId = operationId;
        this.environment = environment;
        this.access = access;
    }

    /** @return null where the ledger does not know the operation */
    @Override
    public DeployResult call() throws InterruptedException {
        try {
            return RecordedDeployment.find(environment, access, operationId).orElse(null);
        } catch (DeliveryException e) {
            throw new DeliveryException(e.getMessage());
        }
    }
}

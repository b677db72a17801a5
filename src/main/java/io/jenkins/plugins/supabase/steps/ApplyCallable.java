package io.jenkins.plugins.supabase.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.Deployer;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.Serializable;

/** Does what was planned. */
final class ApplyCallable extends OperationCallable {
    private static final long serialVersionUID = 1L;

    private final DeployRequest request;
    private final PlannedDeployment planned;

    ApplyCallable(String operationId, TaskListener listener, DeployRequest request, PlannedDeployment planned) {
        super(operationId, listener);
        this.request = request;
        this.planned = planned;
    }

    @Override
    Serializable run(Progress progress) throws InterruptedException {
        return new Deployer(request, progress).apply(planned);
    }
}

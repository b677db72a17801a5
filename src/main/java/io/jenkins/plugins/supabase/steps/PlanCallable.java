package io.jenkins.plugins.supabase.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.Deployer;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.deploy.ReleaseSource;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.release.Release;
import io.jenkins.plugins.supabase.core.release.ReleaseBuilder;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans, and lays out beside the plan what the build keeps of it. */
final class PlanCallable extends OperationCallable {
    private static final long serialVersionUID = 1L;

    static final String PLAN_FILE = "plan.json";

    private final DeployRequest request;

    PlanCallable(String operationId, TaskListener listener, DeployRequest request) {
        super(operationId, listener);
        this.request = request;
    }

    /**
     * What was planned.
     *
     * @param folder on the agent, with {@link #PLAN_FILE} and the bundle in it; whoever asked deletes it
     * @param bundle the name of the release's file in that folder; null where it was fetched from a destination
     */
    record Planned(PlannedDeployment deployment, String folder, String bundle) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Override
    Serializable run(Progress progress) throws InterruptedException {
        PlannedDeployment deployment = new Deployer(request, progress).plan();
        try {
            Path folder = Files.createTempDirectory("supabase-delivery-");
            Files.writeString(folder.resolve(PLAN_FILE), deployment.planJson());
            return new Planned(deployment, folder.toString(), bundle(folder));
        } catch (IOException e) {
            throw new DeliveryException(
                    "The plan was made, but not kept: it could not be written to the agent's temporary folder ("
                            + e.getMessage() + "). Nothing was changed. Look at the space on its disk, and run the build"
                            + " again.",
                    e);
        }
    }

    private String bundle(Path folder) throws InterruptedException {
        ReleaseSource source = request.source();
        if (source.directory() == null) {
            return null;
        }
        Release release = ReleaseBuilder.of(Path.of(source.directory()))
                .version(source.version())
                .branch(source.branch())
                .build(folder);
        return release.bundle().getFileName().toString();
    }
}

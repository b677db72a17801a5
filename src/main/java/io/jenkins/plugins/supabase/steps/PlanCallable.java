package io.jenkins.plugins.supabase.steps;

import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.Deployer;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
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
        Path folder = folder();
        boolean complete = false;
        try {
            PlannedDeployment deployment = new Deployer(request, progress).plan(folder);
            Files.writeString(folder.resolve(PLAN_FILE), deployment.planJson());
            String bundle = deployment.releaseDigest() + ".zip";
            Planned planned = new Planned(
                    deployment, folder.toString(), Files.exists(folder.resolve(bundle)) ? bundle : null);
            complete = true;
            return planned;
        } catch (IOException e) {
            throw notKept(e);
        } finally {
            if (!complete) {
                delete(folder);
            }
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("supabase-delivery-");
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private static void delete(Path folder) {
        try {
            new FilePath(folder.toFile()).deleteRecursive();
        } catch (IOException e) {
            System.getLogger(PlanCallable.class.getName()).log(System.Logger.Level.DEBUG, "Left behind: " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static DeliveryException notKept(IOException e) {
        return new DeliveryException(
                "The plan cannot be kept: it could not be written to the agent's temporary folder (" + e.getMessage()
                        + "). Nothing was changed. Look at the space on its disk, and run the build again.",
                e);
    }
}

package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.pages.BuildRecords;
import io.jenkins.plugins.supabase.pages.DeploymentRecord;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a build keeps of a deployment. The environment's ledger is the truth: a record that cannot be written is no reason
 * to fail a deployment.
 */
final class KeptDeployment {
    private static final Logger LOGGER = Logger.getLogger(KeptDeployment.class.getName());

    private final StepContext context;
    private final String operationId;
    private final String environment;

    KeptDeployment(StepContext context, String operationId, String environment) {
        this.context = context;
        this.operationId = operationId;
        this.environment = environment;
    }

    /** @return the address of its page, relative to the build */
    String begin() throws IOException, InterruptedException {
        return keep(DeploymentRecord.running(environment));
    }

    void end(DeployResult result) throws InterruptedException {
        write(DeploymentRecord.of(result));
    }

    /**
     * For a deployment that ends without telling what it did.
     *
     * @param recorded what the ledger has of it, null for nothing; asked only where something may have been changed
     */
    void endWithout(Throwable cause, Supplier<DeployResult> recorded) {
        try {
            if (cause instanceof InterruptedException) {
                write(DeploymentRecord.stopped(environment, recorded.get()));
            } else if (cause instanceof AbortException) {
                write(DeploymentRecord.failed(environment, cause.getMessage(), null));
            } else {
                write(DeploymentRecord.failed(environment, cause.toString(), recorded.get()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(DeploymentRecord record) throws InterruptedException {
        try {
            keep(record);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The record of " + operationId + " could not be written", e);
            try {
                context.get(TaskListener.class)
                        .getLogger()
                        .println("WARNING: The page of the deployment could not be written: " + e.getMessage());
            } catch (IOException none) {
                LOGGER.log(Level.FINE, "No build log for " + operationId, none);
            }
        }
    }

    private String keep(DeploymentRecord record) throws IOException, InterruptedException {
        return new BuildRecords(context.get(Run.class)).keepDeployment(operationId, record);
    }
}

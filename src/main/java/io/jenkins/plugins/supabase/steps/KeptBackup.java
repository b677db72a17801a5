package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.pages.BackupRecord;
import io.jenkins.plugins.supabase.pages.BuildRecords;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a build keeps of a backup. A record that cannot be written is no reason to fail one. */
final class KeptBackup {
    private static final Logger LOGGER = Logger.getLogger(KeptBackup.class.getName());

    private final StepContext context;
    private final String operationId;
    private final String environment;
    private final String step;

    KeptBackup(StepContext context, String operationId, String environment, String step) {
        this.context = context;
        this.operationId = operationId;
        this.environment = environment;
        this.step = step;
    }

    /** @return the address of its page, relative to the build */
    String begin() throws IOException, InterruptedException {
        return keep(BackupRecord.running(environment, step));
    }

    /** @return the address of its page, relative to the build; null where it could not be written */
    String end(BackupRecord record) throws InterruptedException {
        try {
            return keep(record);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The record of " + operationId + " could not be written", e);
            try {
                context.get(TaskListener.class)
                        .getLogger()
                        .println("WARNING: The page of the backup could not be written: " + e.getMessage());
            } catch (IOException none) {
                LOGGER.log(Level.FINE, "No build log for " + operationId, none);
            }
            return null;
        }
    }

    /** For one that ends without telling what it did. */
    void endWithout(Throwable cause) {
        try {
            if (cause instanceof AbortException) {
                end(BackupRecord.ended(environment, step, BackupRecord.State.FAILED, cause.getMessage()));
            } else if (cause instanceof InterruptedException) {
                end(BackupRecord.ended(environment, step, BackupRecord.State.STOPPED,
                        "It was stopped. The log of the build says how far it came."));
            } else {
                end(BackupRecord.ended(environment, step, BackupRecord.State.FAILED, cause.toString()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String keep(BackupRecord record) throws IOException, InterruptedException {
        return new BuildRecords(context.get(Run.class)).keepBackup(operationId, record);
    }
}

package io.jenkins.plugins.supabase.local.runner.build;

import hudson.model.Job;
import jenkins.model.Jenkins;

/** The job that a local run belongs to; there is only the run. */
public final class LocalJob extends Job<LocalJob, LocalRun> {
    LocalJob() {
        super(Jenkins.get(), "local");
    }
}

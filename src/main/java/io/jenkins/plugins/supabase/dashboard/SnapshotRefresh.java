package io.jenkins.plugins.supabase.dashboard;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/** Reads all ledgers once a minute, for what other controllers and hands did. */
@Extension
public class SnapshotRefresh extends AsyncPeriodicWork {
    private static final long FIRST = TimeUnit.SECONDS.toMillis(5);

    public SnapshotRefresh() {
        super("Supabase environments");
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    public long getInitialDelay() {
        return FIRST;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        ControllerNews.get().begin();
        Snapshots.get().refreshAll();
        LedgerAccess.sweep();
    }
}

package io.jenkins.plugins.supabase.local.standin;

import java.util.function.Consumer;

/**
 * A restore of a project's database, which goes on a bit with each question about the project: as healthy as before at
 * first, as was seen with point-in-time recovery, then RESTORING, then over.
 */
public final class StandInRestore {
    private final Consumer<StandInProject.Status> status;
    private int lateReads = 1;
    private int restoringReads = 1;
    private StandInProject.Status ending = StandInProject.Status.ACTIVE_HEALTHY;
    private boolean ignoring;
    private Runnable work;
    private int reads;

    StandInRestore(Consumer<StandInProject.Status> status) {
        this.status = status;
    }

    /**
     * @param late      how often the project is healthy still when it is asked for
     * @param restoring how often it is RESTORING then
     */
    public synchronized void reads(int late, int restoring) {
        lateReads = late;
        restoringReads = restoring;
    }

    /** @param end what the project is when it is over; with ACTIVE_HEALTHY alone the database is taken back */
    public synchronized void endsAs(StandInProject.Status end) {
        ending = end;
    }

    /** @param ignore whether restores are said yes to, and not done */
    public synchronized void ignoring(boolean ignore) {
        ignoring = ignore;
    }

    public synchronized boolean goesOn() {
        return work != null;
    }

    synchronized void begin(Runnable takingBack) {
        if (work != null) {
            throw new Refusal(409, "The project is being restored");
        }
        if (!ignoring) {
            work = takingBack;
            reads = 0;
        }
    }

    /** To be called with each question about the project, before it is answered. */
    synchronized void proceed() {
        if (work == null) {
            return;
        }
        reads++;
        if (reads > lateReads + restoringReads) {
            if (ending == StandInProject.Status.ACTIVE_HEALTHY) {
                work.run();
            }
            work = null;
            status.accept(ending);
        } else if (reads > lateReads) {
            status.accept(StandInProject.Status.RESTORING);
        }
    }
}

package io.jenkins.plugins.supabase.local.runner.build;

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Carries the reason of an interruption to the one thread that runs the pipeline: a bare {@link InterruptedException}
 * there means whatever was asked for last.
 */
public final class Interruptions {
    private final Thread pipeline;
    private FlowInterruptedException pending;

    public Interruptions(Thread pipeline) {
        this.pipeline = pipeline;
    }

    /** Callable from any thread. */
    public synchronized void interrupt(FlowInterruptedException reason) {
        pending = reason;
        pipeline.interrupt();
    }

    /** Takes an interruption back that came too late to interrupt anything. */
    public synchronized void withdraw(FlowInterruptedException reason) {
        if (pending == reason) {
            take();
        }
    }

    /** To be called on the pipeline's thread between steps. */
    public synchronized void check() throws FlowInterruptedException {
        if (pending != null) {
            throw take();
        }
    }

    /** @return the reason of an interruption that was just caught on the pipeline's thread */
    public synchronized InterruptedException reasonOf(InterruptedException caught) {
        return pending == null || caught instanceof FlowInterruptedException ? caught : take();
    }

    private FlowInterruptedException take() {
        FlowInterruptedException taken = pending;
        pending = null;
        Thread.interrupted();
        return taken;
    }
}

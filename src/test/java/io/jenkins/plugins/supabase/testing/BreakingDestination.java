package io.jenkins.plugins.supabase.testing;

import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;

/** A destination that takes so many changes and then no more, as if the process had been killed there. */
public final class BreakingDestination extends ForwardingDestination {
    private int changesLeft;

    public BreakingDestination(Destination destination, int changes) {
        super(destination);
        this.changesLeft = changes;
    }

    private synchronized void change() {
        if (changesLeft == 0) {
            throw new DestinationException("The destination broke.");
        }
        changesLeft--;
    }

    /** @return whether it has broken, or would at the next change */
    public synchronized boolean isSpent() {
        return changesLeft == 0;
    }

    @Override
    public boolean putIfAbsent(String key, BlobContent content) throws InterruptedException {
        change();
        return super.putIfAbsent(key, content);
    }

    @Override
    public void put(String key, BlobContent content) throws InterruptedException {
        change();
        super.put(key, content);
    }

    @Override
    public void delete(String key) throws InterruptedException {
        change();
        super.delete(key);
    }
}

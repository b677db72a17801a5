package io.jenkins.plugins.supabase.testing;

import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A destination that takes so many changes and then no more, as if the process had been killed there. */
public final class BreakingDestination implements Destination {
    private final Destination destination;
    private int changesLeft;

    public BreakingDestination(Destination destination, int changes) {
        this.destination = destination;
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
    public String name() {
        return destination.name();
    }

    @Override
    public String region() {
        return destination.region();
    }

    @Override
    public boolean putIfAbsent(String key, BlobContent content) throws InterruptedException {
        change();
        return destination.putIfAbsent(key, content);
    }

    @Override
    public void put(String key, BlobContent content) throws InterruptedException {
        change();
        destination.put(key, content);
    }

    @Override
    public InputStream open(String key) throws InterruptedException {
        return destination.open(key);
    }

    @Override
    public Optional<BlobStat> stat(String key) throws InterruptedException {
        return destination.stat(key);
    }

    @Override
    public List<BlobStat> list(String prefix) throws InterruptedException {
        return destination.list(prefix);
    }

    @Override
    public void delete(String key) throws InterruptedException {
        change();
        destination.delete(key);
    }

    @Override
    public void close() {
        destination.close();
    }
}

package io.jenkins.plugins.supabase.testing;

import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Does what another one does, but for what a test changes. */
public class ForwardingDestination implements Destination {
    private final Destination destination;

    protected ForwardingDestination(Destination destination) {
        this.destination = destination;
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
        return destination.putIfAbsent(key, content);
    }

    @Override
    public void put(String key, BlobContent content) throws InterruptedException {
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
        destination.delete(key);
    }

    @Override
    public void close() {
        destination.close();
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationSettings;
import java.util.ArrayList;
import java.util.List;

/** Open destinations, closed together. */
final class Destinations implements AutoCloseable {
    private final List<Destination> all;

    private Destinations(List<Destination> all) {
        this.all = all;
    }

    static Destinations open(List<DestinationSettings> settings) {
        List<Destination> all = new ArrayList<>();
        try {
            settings.forEach(one -> all.add(one.open()));
            return new Destinations(List.copyOf(all));
        } catch (RuntimeException e) {
            all.forEach(Destination::close);
            throw e;
        }
    }

    List<Destination> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(Destination::close);
    }
}

package io.jenkins.plugins.supabase.dashboard;

import java.io.IOException;
import java.util.List;

/** A place that event lines go to. */
interface EventSink {
    /** @return the same after a restart */
    String name();

    /** @throws IOException if not all of them arrived: they are given again */
    void write(List<String> lines) throws IOException;
}

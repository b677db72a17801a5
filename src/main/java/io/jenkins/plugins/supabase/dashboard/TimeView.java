package io.jenkins.plugins.supabase.dashboard;

import java.time.Instant;

/** Times in views, which can call no static method. */
public final class TimeView {
    private final Instant now = Instant.now();

    /** @param iso as records have it */
    public String ago(String iso) {
        return Ages.ago(Instant.parse(iso), now);
    }

    public String exact(String iso) {
        return Ages.exact(Instant.parse(iso));
    }
}

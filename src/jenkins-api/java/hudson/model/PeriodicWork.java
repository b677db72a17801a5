package hudson.model;

import hudson.ExtensionPoint;

/** Without a controller nothing is done again and again. */
public abstract class PeriodicWork implements ExtensionPoint {
    protected static final long MIN = 60_000;

    public abstract long getRecurrencePeriod();

    public long getInitialDelay() {
        return getRecurrencePeriod();
    }
}

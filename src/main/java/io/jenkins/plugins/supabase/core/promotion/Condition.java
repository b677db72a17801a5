package io.jenkins.plugins.supabase.core.promotion;

import java.util.Locale;

/** What a gate can ask of a promotion, in the order in which it is looked at and told. */
public enum Condition {
    /** The source environment is allowed, and it is certain what runs there. */
    SOURCE(false),
    /** The bundle in a destination is, byte by byte, the one that runs in the source. */
    BUNDLE(false),
    /** The plan can be applied as it is. */
    PLAN(false),
    BRANCH(false),
    SOAK(true),
    HEALTH(true),
    BACKUP(true),
    DRIFT(true),
    FINDINGS(true),
    FREEZE(true),
    /** The people who must have said yes; told once they were asked. */
    APPROVALS(false);

    private final boolean overridable;

    Condition(boolean overridable) {
        this.overridable = overridable;
    }

    /** @return whether administrators can let an emergency go past it */
    public boolean overridable() {
        return overridable;
    }

    /** @return as in configuration and logs, such as {@code soak} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

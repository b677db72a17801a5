package io.jenkins.plugins.supabase.core.trace;

import java.util.EnumSet;
import java.util.Set;

/** How a table is locked, the weakest first. Facts: PostgreSQL's manual, "Explicit Locking", table 13.2. */
public enum LockMode {
    ACCESS_SHARE("AccessShareLock"),
    ROW_SHARE("RowShareLock"),
    ROW_EXCLUSIVE("RowExclusiveLock"),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
    SHARE("ShareLock"),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
    EXCLUSIVE("ExclusiveLock"),
    ACCESS_EXCLUSIVE("AccessExclusiveLock");

    private static final Set<LockMode> BLOCKING_WRITERS =
            EnumSet.of(SHARE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE, ACCESS_EXCLUSIVE);

    private final String catalogName;

    LockMode(String catalogName) {
        this.catalogName = catalogName;
    }

    /** @return as {@code pg_locks.mode} has it */
    public String catalogName() {
        return catalogName;
    }

    public static LockMode of(String catalogName) {
        for (LockMode mode : values()) {
            if (mode.catalogName.equals(catalogName)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(catalogName);
    }

    /** @return whether INSERT, UPDATE and DELETE of others wait */
    public boolean blocksWriters() {
        return BLOCKING_WRITERS.contains(this);
    }

    /** @return whether even SELECT of others waits */
    public boolean blocksReaders() {
        return this == ACCESS_EXCLUSIVE;
    }

    public boolean isStrongerThan(LockMode other) {
        return compareTo(other) > 0;
    }

    /** @return as the manual writes it, such as {@code ACCESS EXCLUSIVE} */
    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}

package io.jenkins.plugins.supabase.core.backup.managed;

import java.io.Serializable;
import java.time.Instant;

/**
 * A restore that the platform was asked for, as it is kept between two looks at it.
 *
 * @param asked        when it was asked for
 * @param moment       what the database is taken back to; of a daily backup when that was complete
 * @param restorePoint name of the one that was made before; null for none
 * @param mark         what the database was told before, which it forgets when it is taken back
 * @param status       of the project when it was last looked at
 * @param away         whether the project was seen in another state than healthy since
 * @param backSince    when the project was first seen healthy again; null before
 * @param told         when a line about it was last printed
 * @param looks        how many there were
 */
public record ManagedRestoreState(
        Instant asked,
        Instant moment,
        String restorePoint,
        DatabaseMark mark,
        String status,
        boolean away,
        Instant backSince,
        Instant told,
        int looks)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static ManagedRestoreState asked(Instant moment, String restorePoint, DatabaseMark mark, String status) {
        Instant now = Instant.now();
        return new ManagedRestoreState(now, moment, restorePoint, mark, status, false, null, now, 0);
    }

    ManagedRestoreState seen(String seen, boolean healthy) {
        Instant since = healthy ? (backSince == null ? Instant.now() : backSince) : null;
        return new ManagedRestoreState(
                asked, moment, restorePoint, mark, seen, away || !healthy, since, told, looks + 1);
    }

    ManagedRestoreState told(Instant now) {
        return new ManagedRestoreState(asked, moment, restorePoint, mark, status, away, backSince, now, looks);
    }
}

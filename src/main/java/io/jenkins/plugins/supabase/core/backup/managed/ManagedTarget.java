package io.jenkins.plugins.supabase.core.backup.managed;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * What of the platform's own backups a database is taken back to; of the three, one is there.
 *
 * @param backup id of a daily backup
 * @param moment of point-in-time recovery, in whole seconds
 * @param point  name of a restore point
 */
public record ManagedTarget(Long backup, Instant moment, String point) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * @param step   who was told, for messages
     * @param moment ISO 8601 with a zone
     * @throws DeliveryException unless exactly one is given, and the moment is one
     */
    public static ManagedTarget of(String step, Long backup, String moment, String point) {
        if ((backup == null ? 0 : 1) + (moment == null ? 0 : 1) + (point == null ? 0 : 1) != 1) {
            throw new DeliveryException(step + " needs exactly one of: the id of a backup of Supabase's own, a time to"
                    + " go back to, a restore point to go back to. Nothing was done. listBackups shows what there is.");
        }
        return new ManagedTarget(backup, moment == null ? null : parse(step, moment), point);
    }

    private static Instant parse(String step, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new DeliveryException(step + " was given the time '" + text + "', which is none with a zone. Nothing"
                    + " was done. Write it as in 2026-11-30T21:15:00Z or 2026-11-30T22:15:00+01:00.", e);
        }
    }

    /** @return as it reads after "to" */
    public String inWords() {
        if (backup != null) {
            return "Supabase's backup " + backup;
        }
        return moment != null ? moment.toString() : "the restore point " + point;
    }

    /** @return of events about it */
    String subject() {
        if (backup != null) {
            return "managed-backup/" + backup;
        }
        return moment != null ? "moment/" + moment : "restore-point/" + point;
    }
}

package io.jenkins.plugins.supabase.core.backup.managed;

import io.jenkins.plugins.supabase.core.management.ManagedBackups;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.RestorePoint;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the platform can take a database back to what is wanted, before it is asked to. */
final class TargetCheck {
    private static final String OURS = "restore one of the plugin's own backups (restoreBackup)";

    private final ManagementClient client;

    TargetCheck(ManagementClient client) {
        this.client = client;
    }

    /**
     * @return the moment that the database will be of; of a daily backup the one at which that was complete
     * @throws DeliveryException naming what there is instead
     */
    Instant moment(ManagedTarget target) throws InterruptedException {
        if (target.point() != null) {
            return point(target.point());
        }
        ManagedBackups backups = client.managedBackups();
        return target.backup() == null ? inside(target.moment(), backups) : daily(target.backup(), backups);
    }

    private Instant point(String name) throws InterruptedException {
        RestorePoint point = client.restorePoint(name).orElseThrow(() -> refusal(
                "has no restore point " + name, "createRestorePoint and supabaseDeploy name those that they made"));
        if (!point.available()) {
            throw refusal("has the restore point " + name + " with the status " + point.status()
                    + ", and goes back to one that is AVAILABLE alone", "take another one, or give a time");
        }
        return point.completedOn() == null ? Instant.now() : time(point.completedOn());
    }

    private Instant inside(Instant moment, ManagedBackups backups) {
        if (!backups.pitrEnabled()) {
            throw refusal("has no point-in-time recovery, which goes back to a time",
                    "give the id of a daily backup (" + completed(backups) + "), or " + OURS + "; point-in-time"
                            + " recovery is an add-on of the project, and begins when it is switched on");
        }
        if (backups.earliest() == null || backups.latest() == null) {
            throw refusal("has no moment yet that point-in-time recovery could go back to", "wait for its first"
                    + " physical backup, or " + OURS);
        }
        if (moment.isBefore(backups.earliest()) || moment.isAfter(backups.latest())) {
            throw refusal("can go back to any moment from " + backups.earliest() + " to " + backups.latest()
                    + ", and " + moment + " is none of these",
                    moment.isAfter(backups.latest())
                            ? "give an earlier time; what is written is archived every two minutes, and later where"
                                    + " little is written"
                            : "give a later time, or " + OURS);
        }
        return moment;
    }

    private Instant daily(long id, ManagedBackups backups) {
        ManagedBackups.Daily backup = backups.backups().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> refusal("has no backup " + id,
                        "take one of these (" + completed(backups) + ")"
                                + (backups.pitrEnabled() ? ", or give a time: it has point-in-time recovery" : "")));
        if (!backup.completed()) {
            throw refusal("has the backup " + id + " with the status " + backup.status()
                    + ", and restores COMPLETED ones alone", "take one of these (" + completed(backups) + ")");
        }
        if (!backup.physical()) {
            throw refusal("has the backup " + id + " as a logical one, which the Management API does not restore",
                    "restore it in Supabase's dashboard (Database » Backups), or " + OURS);
        }
        return time(backup.insertedAt());
    }

    private static String completed(ManagedBackups backups) {
        List<ManagedBackups.Daily> completed =
                backups.backups().stream().filter(ManagedBackups.Daily::completed).toList();
        return completed.isEmpty()
                ? "there is none"
                : completed.stream()
                        .map(backup -> backup.id() + " of " + backup.insertedAt())
                        .collect(Collectors.joining(", "));
    }

    /** The API's document does not say whether its times have a zone; the ones without are in UTC. */
    private static Instant time(String text) {
        String iso = text.replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException e) {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
    }

    private DeliveryException refusal(String what, String wayOut) {
        return new DeliveryException("The project of environment \"" + client.environment().name() + "\" " + what
                + ". Nothing was changed. Way out: " + wayOut + ".");
    }
}

package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Daily backups of a project, and how far it can be taken back. Shapes are the OpenAPI document's; it does not say what
 * a refusal is answered with: except for that of a project without point-in-time recovery, which was recorded, the
 * texts are the stand-in's own.
 */
public final class StandInManagedBackups {
    private final List<Daily> daily = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<String> copies = new ArrayList<>();
    private final StandInRestore restore;
    private Instant earliest;
    private StandInDatabase database;

    private record Daily(Instant at, String status, boolean physical, String copy) {}

    private record Moment(Instant at, String copy) {}

    StandInManagedBackups(StandInRestore restore) {
        this.restore = restore;
    }

    /** From now on backups and moments hold what this database has. */
    public synchronized void of(StandInDatabase database) {
        this.database = database;
    }

    /** @return what becomes of a restore */
    public StandInRestore restore() {
        return restore;
    }

    /** Makes a daily backup, completed at that time. */
    public void made(Instant at) {
        made(at, "COMPLETED", true);
    }

    /** @param status one of the OpenAPI document's */
    public synchronized void made(Instant at, String status, boolean physical) {
        daily.add(new Daily(at, status, physical, copy()));
    }

    /** @param from from when on any moment can be gone back to; null for never */
    public synchronized void pitrFrom(Instant from) {
        earliest = from;
    }

    /** Keeps what the database has now as what it had at that moment, for point-in-time recovery. */
    public synchronized void moment(Instant at) {
        moments.add(new Moment(at, copy()));
    }

    synchronized String copy() {
        if (database == null) {
            return null;
        }
        String copy = database.copy();
        copies.add(copy);
        return copy;
    }

    /** Forgets all backups, and drops all copies of the database, those of restore points too. */
    public synchronized void clear() {
        copies.forEach(copy -> database.drop(copy));
        copies.clear();
        daily.clear();
        moments.clear();
    }

    synchronized void restore(long id) {
        if (id < 1 || id > daily.size()) {
            throw new Refusal(404, "Backup not found");
        }
        Daily backup = daily.get((int) id - 1);
        if (!backup.physical() || !backup.status().equals("COMPLETED")) {
            throw new Refusal(400, "Backup cannot be restored");
        }
        begin(backup.copy());
    }

    synchronized void restoreMoment(long unixSeconds) {
        Instant target = Instant.ofEpochSecond(unixSeconds);
        if (earliest == null) {
            throw new Refusal(400, "PITR is not enabled for this project.");
        }
        if (target.isBefore(earliest) || target.isAfter(latest())) {
            throw new Refusal(400, "Recovery time is outside of the recovery window");
        }
        begin(moments.stream()
                .filter(moment -> !moment.at().isAfter(target))
                .max(Comparator.comparing(Moment::at))
                .map(Moment::copy)
                .orElse(null));
    }

    /** @param copy null to leave the database as it is */
    synchronized void begin(String copy) {
        StandInDatabase whole = database;
        restore.begin(() -> {
            if (whole != null && copy != null) {
                whole.takeBack(copy);
            }
        });
    }

    private static Instant latest() {
        return Instant.now().minus(Duration.ofMinutes(2));
    }

    synchronized ObjectNode json() {
        ObjectNode json = Json.object()
                .put("region", "eu-central-1")
                .put("walg_enabled", true)
                .put("pitr_enabled", earliest != null);
        ArrayNode backups = json.putArray("backups");
        for (int i = daily.size() - 1; i >= 0; i--) {
            backups.addObject()
                    .put("id", i + 1)
                    .put("is_physical_backup", daily.get(i).physical())
                    .put("status", daily.get(i).status())
                    .put("inserted_at", daily.get(i).at().toString());
        }
        ObjectNode window = json.putObject("physical_backup_data");
        if (earliest != null) {
            window.put("earliest_physical_backup_date_unix", earliest.getEpochSecond())
                    .put("latest_physical_backup_date_unix", latest().getEpochSecond());
        }
        return json;
    }
}

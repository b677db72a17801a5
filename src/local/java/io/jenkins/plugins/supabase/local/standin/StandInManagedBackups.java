package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Daily backups of a project, and how far it can be taken back. Shapes are the OpenAPI document's. */
public final class StandInManagedBackups {
    private final List<Instant> daily = new ArrayList<>();
    private Instant earliest;

    /** Makes a daily backup, completed at that time. */
    public synchronized void made(Instant at) {
        daily.add(at);
    }

    /** @param from from when on any moment can be gone back to; null for never */
    public synchronized void pitrFrom(Instant from) {
        earliest = from;
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
                    .put("is_physical_backup", true)
                    .put("status", "COMPLETED")
                    .put("inserted_at", daily.get(i).toString());
        }
        ObjectNode window = json.putObject("physical_backup_data");
        if (earliest != null) {
            window.put("earliest_physical_backup_date_unix", earliest.getEpochSecond())
                    .put(
                            "latest_physical_backup_date_unix",
                            Instant.now().minus(Duration.ofMinutes(2)).getEpochSecond());
        }
        return json;
    }
}

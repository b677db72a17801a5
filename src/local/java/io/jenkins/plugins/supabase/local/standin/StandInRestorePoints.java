package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Restore points of a project. Shapes and statuses are the OpenAPI document's; it says neither what a refusal is answered
 * with nor what a second one of the same name is: the texts here are the stand-in's own.
 */
public final class StandInRestorePoints {
    private static final int LONGEST_NAME = 20;

    private final Map<String, Point> points = new LinkedHashMap<>();
    private final StandInManagedBackups backups;
    private int pendingReads = 1;
    private boolean failing;

    private static final class Point {
        private int pendingReads;
        private String status = "PENDING";
        private Instant completed;
        private String copy;
    }

    StandInRestorePoints(StandInManagedBackups backups) {
        this.backups = backups;
    }

    /** @param reads how often one that is made is PENDING still when it is asked for */
    public synchronized void pendingReads(int reads) {
        this.pendingReads = reads;
    }

    /** @param fail whether those that are made from now on end as FAILED */
    public synchronized void failing(boolean fail) {
        this.failing = fail;
    }

    /** @return oldest first */
    public synchronized List<String> names() {
        return List.copyOf(points.keySet());
    }

    synchronized ObjectNode create(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new Refusal(400, "name must be shorter than or equal to 20 characters");
        }
        if (points.containsKey(name)) {
            throw new Refusal(400, "A restore point with this name exists already.");
        }
        Point point = new Point();
        point.pendingReads = pendingReads;
        point.copy = backups.copy();
        points.put(name, point);
        return json(name, point);
    }

    synchronized ObjectNode read(Optional<String> wanted) {
        String name = wanted.orElseGet(() -> points.keySet().stream().reduce((one, next) -> next).orElse(""));
        Point point = points.get(name);
        if (point == null) {
            throw new Refusal(404, "Restore point not found");
        }
        if (point.status.equals("PENDING") && point.pendingReads-- <= 0) {
            point.status = failing ? "FAILED" : "AVAILABLE";
            point.completed = failing ? null : Instant.now();
        }
        return json(name, point);
    }

    synchronized void undo(String name) {
        Point point = points.get(name);
        if (point == null || !point.status.equals("AVAILABLE")) {
            throw new Refusal(404, "Restore point not found");
        }
        backups.begin(point.copy);
    }

    private static ObjectNode json(String name, Point point) {
        ObjectNode json = Json.object().put("name", name).put("status", point.status);
        return point.completed == null
                ? json.putNull("completed_on")
                : json.put("completed_on", point.completed.toString());
    }
}

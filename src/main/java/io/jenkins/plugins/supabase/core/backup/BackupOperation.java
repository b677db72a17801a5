package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One backup for one operation, in every destination that can be reached. When an earlier attempt of the operation may
 * have made it, or may be making it still on a machine that lost its controller, that one is taken.
 */
public final class BackupOperation {
    /** No backup takes longer; a build that waits can be aborted. */
    private static final Duration PATIENCE = Duration.ofHours(6);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Of {@code core.backup.database.Snapshot}: who makes a backup holds it. */
    private static final int BACKUP_LOCK = 2;

    private final BackupRequest request;
    private final List<Destination> destinations;
    private final BackupLog log;
    private final Progress progress;
    private final Map<String, String> failures = new TreeMap<>();

    /** @param destinations closing them is left to the caller */
    public BackupOperation(
            BackupRequest request, List<Destination> destinations, BackupLog log, Progress progress) {
        this.request = request;
        this.destinations = destinations;
        this.log = log;
        this.progress = progress;
    }

    /**
     * @param goingOn whether an earlier attempt may have begun
     * @throws DeliveryException when it failed, or too few destinations can be reached
     */
    public BackupSummary run(boolean goingOn) throws InterruptedException {
        List<Destination> reachable = reachable();
        if (goingOn) {
            awaitEarlierAttempt();
            Optional<BackupSummary> made = madeBefore(reachable);
            if (made.isPresent()) {
                progress.line("The backup " + made.get().id() + " was made before the restart");
                return made.get();
            }
        }
        BackupStore store = new BackupStore(request.environment().name(), reachable);
        BackupResult result = new BackupRunner(store, progress).run(request);
        failures.putAll(result.failures());
        BackupSummary summary = BackupSummary.of(
                result.manifest(), result.destinations(), failures, result.problems(), result.duration().toMillis());
        log.made(summary);
        return summary;
    }

    /** One that is down must not stop the others, which the backup goes to without it. */
    private List<Destination> reachable() throws InterruptedException {
        List<Destination> reachable = new ArrayList<>();
        for (Destination destination : destinations) {
            try {
                new BackupStore(request.environment().name(), List.of(destination))
                        .next(List.of(destination), Instant.now());
                reachable.add(destination);
            } catch (DestinationException e) {
                failures.put(destination.name(), e.getMessage());
                progress.line("WARNING: destination " + destination.name() + " is left out: " + e.getMessage());
            }
        }
        if (reachable.isEmpty() || reachable.size() < request.minDestinations() && !failures.isEmpty()) {
            throw new DeliveryException("Of " + destinations.size() + " destinations only " + reachable.size()
                    + " can be reached, and the backup is wanted in at least " + request.minDestinations()
                    + ", so that nothing was backed up. " + String.join(" ", failures.values()));
        }
        return reachable;
    }

    private Optional<BackupSummary> madeBefore(List<Destination> reachable) throws InterruptedException {
        Optional<BackupLog.Made> made = log.madeBefore();
        if (made.isEmpty()) {
            return Optional.empty();
        }
        StoredBackup backup = new BackupStore(request.environment().name(), reachable)
                .find(made.get().id(), request.signingKey().verificationKey());
        List<String> there = backup.destinationNames();
        destinations.stream()
                .map(Destination::name)
                .filter(name -> !there.contains(name))
                .forEach(name -> failures.putIfAbsent(name, "Destination " + name + " does not have it; the log"
                        + " before the"
                        + " restart says why."));
        return Optional.of(BackupSummary.of(
                backup.manifest(), there, failures, made.get().problems(), made.get().durationMillis()));
    }

    private void awaitEarlierAttempt() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (isBeingBackedUp() && System.nanoTime() < deadline) {
            if (!told) {
                told = true;
                progress.line("A backup of this database is being made, likely by the attempt before the restart:"
                        + " waiting"
                        + " for its end");
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** The lock that was got goes with the connection. */
    private boolean isBeingBackedUp() throws InterruptedException {
        try (Connection connection = Database.open(request.environment(), request.access());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_try_advisory_lock(%d, %d)"
                        .formatted(AdvisoryLock.NAMESPACE, BACKUP_LOCK))) {
            row.next();
            return !row.getBoolean(1);
        } catch (SQLException e) {
            throw new DeliveryException("The database could not be asked whether a backup of it is being made ("
                    + e.getMessage() + "), so that none was begun. Check it, then run the backup again.", e);
        }
    }
}

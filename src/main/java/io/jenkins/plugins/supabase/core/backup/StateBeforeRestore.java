package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.restore.SafetyBackup;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.Proof;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A backup of what is about to be replaced: made now, or one that is young enough. */
public final class StateBeforeRestore implements SafetyBackup {
    private final String restored;
    private final Duration recent;
    private final BackupRequest request;
    private final List<Destination> destinations;
    private final BackupLog log;
    private final Progress progress;

    /**
     * @param restored     id of the backup that is restored, from which nobody gets back what was there before
     * @param recent       how old a proven backup may be that is enough; null where a new one is made in any case
     * @param request      of the database whose rows are replaced
     * @param destinations closing them is left to the caller
     */
    public StateBeforeRestore(
            String restored,
            Duration recent,
            BackupRequest request,
            List<Destination> destinations,
            BackupLog log,
            Progress progress) {
        this.restored = restored;
        this.recent = recent;
        this.request = request;
        this.destinations = List.copyOf(destinations);
        this.log = log;
        this.progress = progress;
    }

    @Override
    public String make() throws InterruptedException {
        String name = request.environment().name();
        if (recent != null) {
            Optional<String> found = Proof.ofOneSince(
                    Instant.now().minus(recent), restored, new BackupStore(name, destinations),
                    request.signingKey().verificationKey());
            progress.line(
                    found.map(id -> "The backup " + id + " is young enough; what was written after it will be gone")
                            .orElse("No proven backup is young enough"));
            if (found.isPresent()) {
                return found.get();
            }
        }
        progress.line("Backing up " + name + " as it is now; whoever writes to it waits");
        return new BackupOperation(request, destinations, log, progress).run(false).id();
    }
}

package io.jenkins.plugins.supabase.core.backup.retention;

import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import io.jenkins.plugins.supabase.core.backup.store.BackupPruning;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.Proof;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DeletionRefusedException;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps to a policy in each destination by itself: what is kept follows from what is there, so that a destination that
 * missed backups keeps older ones in their stead.
 */
public final class Retention {
    private final String environment;
    private final RetentionPolicy policy;
    private final boolean onlyTell;
    private final Progress progress;

    /** @param onlyTell whether nothing is removed or deleted */
    public Retention(String environment, RetentionPolicy policy, boolean onlyTell, Progress progress) {
        this.environment = environment;
        this.policy = policy;
        this.onlyTell = onlyTell;
        this.progress = progress;
    }

    /**
     * What was done in one destination.
     *
     * @param removed  ids of backups that no rule keeps, the newest first
     * @param kept     the others, with the rules that keep them
     * @param bytes    that the sweep freed; what was removed today is freed by a later one when its parts are young
     * @param problems a sentence each
     */
    public record Result(
            String destination,
            List<String> removed,
            List<RetentionPolicy.Decision> kept,
            long bytes,
            List<String> problems) {}

    /** @return one result for each destination; one that does not answer has a problem and is as it was */
    public List<Result> run(List<Destination> destinations, VerificationKey key, Instant now)
            throws InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Destination destination : destinations) {
            try {
                results.add(run(destination, key, now));
            } catch (DestinationException e) {
                results.add(new Result(destination.name(), List.of(), List.of(), 0, List.of(e.getMessage())));
            }
        }
        return results;
    }

    private static boolean isRemoved(
            BackupPruning pruning, String id, Destination destination, List<String> problems)
            throws InterruptedException {
        try {
            pruning.remove(id);
            return true;
        } catch (DeletionRefusedException e) {
            problems.add("The backup " + id + " stays in destination " + destination.name()
                    + " whole, though no rule keeps it. " + e.getMessage());
            return false;
        }
    }

    private Result run(Destination destination, VerificationKey key, Instant now) throws InterruptedException {
        BackupStore store = new BackupStore(environment, List.of(destination));
        BackupStore.Listing listing = store.list(key);
        List<RetentionPolicy.Candidate> candidates = new ArrayList<>();
        for (StoredBackup backup : listing.backups()) {
            candidates.add(new RetentionPolicy.Candidate(
                    backup.manifest().id(), backup.manifest().sequence(), backup.manifest().snapshotTime(),
                    Proof.isIn(store.verifications(backup)), backup.manifest().storage() != null));
        }
        BackupPruning pruning = new BackupPruning(environment, destination);
        List<String> removed = new ArrayList<>();
        List<RetentionPolicy.Decision> kept = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (RetentionPolicy.Decision decision : policy.decide(candidates, now)) {
            if (decision.isKept()) {
                kept.add(decision);
                continue;
            }
            String id = decision.backup().id();
            if (!onlyTell && !isRemoved(pruning, id, destination, problems)) {
                continue;
            }
            removed.add(id);
            progress.line("Backup %s %s destination %s".formatted(
                    id, onlyTell ? "would be removed from" : "was removed from", destination.name()));
        }
        if (onlyTell) {
            return new Result(destination.name(), removed, kept, 0, listing.problems());
        }
        BackupPruning.Sweep sweep = pruning.sweep(key, now);
        sweep.reason().ifPresent(problems::add);
        progress.line("Destination %s: %s kept, %d removed, %s deleted (%.1f MiB)".formatted(
                destination.name(), Count.of(kept.size(), "backup"), removed.size(), Count.of(sweep.parts(), "part"),
                sweep.bytes() / (double) (1 << 20)));
        return new Result(destination.name(), removed, kept, sweep.bytes(), problems);
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The parts of an environment that are put back, one after the other: what one cannot do does not stop the others. */
final class WayBack implements AutoCloseable {
    private final List<Undo> undos;
    private final ReleaseWorkspace release;

    /**
     * @param undos   in the order in which they run
     * @param release whose files they may need, closed with this; null where there is none
     */
    WayBack(List<Undo> undos, ReleaseWorkspace release) {
        this.undos = List.copyOf(undos);
        this.release = release;
    }

    /**
     * What going back led to.
     *
     * @param remains  by name, what cannot be put back, with the reason: known before
     * @param failures of what should have been put back
     */
    record Outcome(List<String> remains, List<String> failures, long durationMillis) {
        boolean complete() {
            return remains.isEmpty() && failures.isEmpty();
        }

        List<String> notAsBefore() {
            List<String> all = new ArrayList<>(failures);
            all.addAll(remains);
            return all;
        }
    }

    List<Undo> undos() {
        return undos;
    }

    boolean isEmpty() {
        return undos.stream().allMatch(undo -> undo.changes().isEmpty());
    }

    void show(Progress progress) {
        for (Undo undo : undos) {
            undo.changes().forEach(change -> progress.line("    back: " + undo.kind() + ": " + change));
            undo.remains().forEach(remains -> progress.line("    stays: " + undo.kind() + ": " + remains));
        }
    }

    Outcome run(Steps steps) throws InterruptedException {
        long start = System.nanoTime();
        List<String> remains = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Undo undo : undos) {
            try {
                if (!undo.changes().isEmpty()) {
                    steps.run("rollback", undo.kind(), undo::run);
                }
                remains.addAll(undo.remains());
            } catch (DeliveryException e) {
                failures.add(undo.kind() + " (" + e.getMessage() + ")");
            }
        }
        return new Outcome(remains, failures, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    @Override
    public void close() {
        if (release != null) {
            release.close();
        }
    }
}

package io.jenkins.plugins.supabase.core.overview;

import io.jenkins.plugins.supabase.core.ledger.AuditHead;
import io.jenkins.plugins.supabase.core.ledger.BackupStanding;
import io.jenkins.plugins.supabase.core.ledger.CurrentState;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import io.jenkins.plugins.supabase.core.ledger.HealthMark;
import io.jenkins.plugins.supabase.core.ledger.HistoryQuery;
import io.jenkins.plugins.supabase.core.ledger.LedgerOverview;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a page about an environment shows first, as its ledger had it at one time.
 *
 * @param running null where no deployment has succeeded
 * @param recent  the newest deployments, the newest first; at most {@link #RECENT}
 * @param jobs    addresses of all jobs whose builds ever deployed
 * @param health  null where the ledger knows no health check
 * @param backups what verifications of its backups found
 * @param head    of the audit chain
 */
public record EnvironmentSummary(
        RunningState running,
        List<Deployment> recent,
        SortedSet<String> jobs,
        HealthMark health,
        BackupStanding backups,
        AuditHead head) {
    public static final int RECENT = 50;
    public static final EnvironmentSummary EMPTY =
            new EnvironmentSummary(null, List.of(), new TreeSet<>(), null, BackupStanding.NONE, AuditHead.NONE);

    /**
     * @param before what was read before, of the same environment: what cannot have changed since is taken from there
     */
    public static EnvironmentSummary read(LedgerReader reader, EnvironmentSummary before) {
        LedgerOverview overview = reader.overview();
        List<Deployment> recent = overview.history(HistoryQuery.newest(RECENT));
        long known = before.newest().map(Deployment::id).orElse(0L);
        SortedSet<String> jobs = new TreeSet<>(before.jobs());
        jobs.addAll(overview.jobsSince(known));
        return new EnvironmentSummary(
                sameDeployments(before.recent(), recent) ? before.running() : running(reader),
                recent,
                jobs,
                overview.lastHealth().orElse(null),
                overview.backups(),
                reader.head());
    }

    /** A deployment that runs gives signs of life, which tell nothing new. */
    private static boolean sameDeployments(List<Deployment> before, List<Deployment> now) {
        return before.size() == now.size()
                && !now.isEmpty()
                && before.get(0).id() == now.get(0).id()
                && before.get(0).state() == now.get(0).state()
                && before.get(0).attempts() == now.get(0).attempts();
    }

    private static RunningState running(LedgerReader reader) {
        Optional<CurrentState> current = reader.current();
        if (current.isEmpty()) {
            return null;
        }
        String digest = current.get().deployment().releaseDigest();
        Deployment arrival = reader.overview().arrival(digest).orElse(current.get().deployment());
        return RunningState.of(
                current.get(),
                arrival.endedAt(),
                reader.release(digest).orElse(null));
    }

    /** @return the last deployment that began */
    public Optional<Deployment> newest() {
        return recent.stream().findFirst();
    }

    /** @return the last deployment that has ended */
    public Optional<Deployment> lastEnded() {
        return recent.stream()
                .filter(deployment -> deployment.state() != DeploymentState.RUNNING)
                .findFirst();
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentKind;
import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.ledger.SnapshotEntry;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deployment whose state an environment goes back to, and what lies between.
 *
 * @param current   what runs
 * @param deployment to go back to
 * @param since     deployments after it, the oldest first
 */
record RollbackTarget(Deployment current, Deployment deployment, List<Deployment> since) {
    private static final int PAGE = 100;
    private static final int VERSIONS_SHOWN = 10;

    /**
     * @param to version or digest; null for the release before the one that runs
     * @throws DeliveryException if there is none, or what lies between cannot be taken back any more
     */
    static RollbackTarget find(LedgerReader ledger, String environment, String to) {
        List<Deployment> history = history(ledger);
        Deployment current = history.stream()
                .filter(deployment -> deployment.state() == DeploymentState.SUCCEEDED)
                .findFirst()
                .orElseThrow(() -> new DeliveryException("The ledger of the environment \"" + environment + "\" knows no"
                        + " deployment that succeeded, so there is nothing to go back to. Nothing was changed. Deploy a"
                        + " release."));
        Deployment target = to == null ? previous(history, current) : named(history, to);
        if (target == null) {
            throw notFound(history, environment, to);
        }
        List<Deployment> since = new ArrayList<>(history.stream()
                .filter(deployment -> deployment.id() > target.id())
                .toList());
        Collections.reverse(since);
        requireSnapshots(ledger, target, since);
        return new RollbackTarget(current, target, List.copyOf(since));
    }

    private static List<Deployment> history(LedgerReader ledger) {
        List<Deployment> all = new ArrayList<>();
        List<Deployment> page = ledger.history(Long.MAX_VALUE, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = page.size() < PAGE ? List.of() : ledger.history(all.get(all.size() - 1).id(), PAGE);
        }
        return all;
    }

    /** After a rollback, the release before is the one before the release that was gone back to. */
    private static Deployment previous(List<Deployment> history, Deployment current) {
        long before = current.id();
        if (current.kind() == DeploymentKind.ROLLBACK) {
            before = history.stream()
                    .filter(deployment -> deployment.id() < current.id() && isDeploymentOf(deployment, current.releaseDigest()))
                    .mapToLong(Deployment::id)
                    .max()
                    .orElse(before);
        }
        long limit = before;
        return history.stream()
                .filter(deployment -> deployment.id() < limit
                        && deployment.state() == DeploymentState.SUCCEEDED
                        && !deployment.releaseDigest().equals(current.releaseDigest()))
                .findFirst()
                .orElse(null);
    }

    private static boolean isDeploymentOf(Deployment deployment, String digest) {
        return deployment.state() == DeploymentState.SUCCEEDED
                && deployment.kind() == DeploymentKind.DEPLOY
                && deployment.releaseDigest().equals(digest);
    }

    private static Deployment named(List<Deployment> history, String to) {
        return history.stream()
                .filter(deployment -> deployment.state() == DeploymentState.SUCCEEDED
                        && (deployment.releaseVersion().equals(to) || deployment.releaseDigest().equals(to)))
                .findFirst()
                .orElse(null);
    }

    private static DeliveryException notFound(List<Deployment> history, String environment, String to) {
        Set<String> versions = history.stream()
                .filter(deployment -> deployment.state() == DeploymentState.SUCCEEDED)
                .map(Deployment::releaseVersion)
                .limit(VERSIONS_SHOWN)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new DeliveryException((to == null
                        ? "The environment \"" + environment + "\" has held only one release, so there is none to go back to."
                        : "The release " + to + " never ran in the environment \"" + environment + "\".")
                + " Nothing was changed. Its releases, the newest first: " + String.join(", ", versions)
                + ". To bring another one, deploy it.");
    }

    /** Deployments that changed nothing keep none; for older ones they are deleted. */
    private static void requireSnapshots(LedgerReader ledger, Deployment target, List<Deployment> since) {
        for (Deployment deployment : since) {
            boolean changed = deployment.kind() == DeploymentKind.DEPLOY
                    && ledger.steps(deployment.id()).stream().anyMatch(step -> step.kind().equals("snapshot"));
            if (changed && ledger.snapshots(deployment.id()).isEmpty()) {
                throw new DeliveryException("The ledger has no snapshots of deployment " + deployment.id() + " any more, which"
                        + " came after release " + target.releaseVersion() + ": only the newest deployments keep theirs."
                        + " Nothing was changed. Deploy release " + target.releaseVersion()
                        + " instead: that brings its functions, settings and secrets, and leaves the database as it is.");
            }
        }
    }

    /** @return of all deployments since */
    Snapshots snapshots(LedgerReader ledger) {
        List<SnapshotEntry> entries = new ArrayList<>();
        since.forEach(deployment -> entries.addAll(ledger.snapshots(deployment.id())));
        return Snapshots.of(entries, ledger::load);
    }
}

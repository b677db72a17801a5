package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import io.jenkins.plugins.supabase.core.ledger.HealthMark;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.overview.EnvironmentSummary;
import io.jenkins.plugins.supabase.core.overview.RunningState;
import io.jenkins.plugins.supabase.dashboard.ControllerNews.SeenDrift;
import io.jenkins.plugins.supabase.pages.WaitingGates.WaitingGate;
import io.jenkins.plugins.supabase.pages.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An environment as a page shows it to one viewer.
 *
 * @param level the worst of its facts; none where all that is known is that a deployment succeeded
 * @param word  the level in words
 */
public record Card(String name, String level, String word, List<Fact> facts) {
    private static final int COMMIT_DIGITS = 8;
    private static final String DEPLOYMENT = "deployment";

    static Card of(Snapshot snapshot, SeenDrift drift, List<WaitingGate> gates, Viewer viewer) {
        List<Fact> facts = new ArrayList<>();
        EnvironmentSummary summary = snapshot.summary();
        facts.add(release(snapshot));
        facts.add(deployment(summary, viewer));
        facts.add(health(summary.health()));
        // Before the ledger was read, no objective is missed.
        BackupConfiguration objectives = snapshot.takenAt() == null ? null : snapshot.environment().getBackup();
        facts.addAll(BackupFacts.of(objectives, summary.backups(), Instant.now()));
        facts.add(drift(summary, drift));
        facts.add(gates(snapshot.name(), gates, viewer));
        facts.add(reading(snapshot));
        String worst = Levels.worst(facts);
        boolean unasked = worst.equals(Levels.OK) && summary.health() == null;
        if (summary.newest().filter(Deployment::emergency).isPresent()) {
            facts.replaceAll(fact -> fact.key().equals(DEPLOYMENT) ? fact.inEmergency() : fact);
            String word = worst.equals(Levels.DANGER) ? Levels.word(worst) : "emergency";
            return new Card(snapshot.name(), Levels.DANGER, word, facts);
        }
        return unasked
                ? new Card(snapshot.name(), Levels.NONE, "health not checked", facts)
                : new Card(snapshot.name(), worst, Levels.word(worst), facts);
    }

    private static Fact release(Snapshot snapshot) {
        RunningState running = snapshot.summary().running();
        if (running == null) {
            return Fact.of("release", "Release", snapshot.takenAt() == null ? "not known" : "none yet", Levels.NONE);
        }
        String commit = running.commit() == null
                ? "no commit"
                : "commit " + running.commit().substring(0, Math.min(COMMIT_DIGITS, running.commit().length()));
        return Fact.of("release", "Release", running.deployment().releaseVersion(), Levels.NONE)
                .withDetail(commit)
                .withTime(running.since());
    }

    private static Fact deployment(EnvironmentSummary summary, Viewer viewer) {
        Optional<Deployment> newest = summary.newest();
        if (newest.isEmpty()) {
            return Fact.of(DEPLOYMENT, "Last deployment", "none yet", Levels.NONE);
        }
        Deployment last = newest.get();
        return Fact.of(DEPLOYMENT, "Last deployment", Words.of(last.state()), Levels.of(last.state()))
                .withDetail(last.releaseVersion() + " by " + last.actor())
                .withLink(viewer.link(last.buildUrl()))
                .withTime(last.endedAt() == null ? last.startedAt() : last.endedAt());
    }

    private static Fact health(HealthMark health) {
        if (health == null) {
            return Fact.of("health", "Health", "not checked yet", Levels.NONE);
        }
        String level = health.healthy() ? Levels.OK : "UNHEALTHY".equals(health.verdict()) ? Levels.DANGER : Levels.WARNING;
        return Fact.of("health", "Health", health.verdict().toLowerCase(Locale.ROOT), level)
                .withDetail(health.failing())
                .withTime(health.at());
    }

    /** A deployment that succeeded later than the plan left the environment as it says. */
    private static Fact drift(EnvironmentSummary summary, SeenDrift seen) {
        Optional<Deployment> succeeded = summary.recent().stream()
                .filter(deployment -> deployment.state() == DeploymentState.SUCCEEDED)
                .findFirst();
        if (succeeded.isPresent() && (seen == null || seen.at().isBefore(succeeded.get().endedAt()))) {
            return Fact.of("drift", "Drift", "none", Levels.NONE)
                    .withDetail("after the last deployment")
                    .withTime(succeeded.get().endedAt());
        }
        if (seen == null) {
            return Fact.of("drift", "Drift", "not looked for yet", Levels.NONE);
        }
        if (seen.subjects().isEmpty()) {
            return Fact.of("drift", "Drift", "none", Levels.NONE).withDetail("in the last plan").withTime(seen.at());
        }
        return Fact.of(
                        "drift",
                        "Drift",
                        Count.of(seen.subjects().size(), "difference"),
                        seen.blocks() ? Levels.DANGER : Levels.WARNING)
                .withDetail(String.join(", ", seen.subjects().subList(0, Math.min(3, seen.subjects().size()))))
                .withTime(seen.at());
    }

    private static Fact gates(String environment, List<WaitingGate> all, Viewer viewer) {
        List<WaitingGate> gates = all.stream()
                .filter(gate -> gate.environment().equals(environment) && viewer.sees(gate))
                .toList();
        if (gates.isEmpty()) {
            return Fact.of("gates", "Approvals", "none waits", Levels.NONE);
        }
        List<WaitingGate> own =
                gates.stream().filter(gate -> gate.mayDecide(viewer.user())).toList();
        WaitingGate first = own.isEmpty() ? gates.get(0) : own.get(0);
        return Fact.of(
                        "gates",
                        "Approvals",
                        own.isEmpty() ? gates.size() + " waiting" : own.size() + " waiting for you",
                        own.isEmpty() ? Levels.CHANGE : Levels.WARNING)
                .withDetail(first.releaseVersion() + " from " + first.from())
                .withLink(Links.here(first.url()))
                .withTime(first.since());
    }

    private static Fact reading(Snapshot snapshot) {
        if (snapshot.problem() != null) {
            return Fact.of("reading", "Ledger", "cannot be read", Levels.DANGER)
                    .withDetail(snapshot.problem())
                    .withTime(snapshot.takenAt());
        }
        return snapshot.takenAt() == null
                ? Fact.of("reading", "Ledger", "not read yet", Levels.NONE)
                : Fact.of("reading", "Ledger", "read", Levels.NONE).withTime(snapshot.takenAt());
    }
}

package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.core.ledger.BackupStanding;
import io.jenkins.plugins.supabase.core.ledger.VerifiedBackup;
import io.jenkins.plugins.supabase.pages.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a card says of an environment's backups: whether its objectives are met. */
final class BackupFacts {
    private static final String BACKUP = "Verified backup";
    private static final String DRILL = "Restore drill";

    private BackupFacts() {}

    /** @param configuration null where nobody configured any */
    static List<Fact> of(BackupConfiguration configuration, BackupStanding standing, Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(backup(configuration == null ? null : configuration.rpoObjective(), standing.newest(), now));
        Duration rto = configuration == null ? null : configuration.rtoObjective();
        if (rto != null || standing.drill() != null) {
            facts.add(drill(rto, standing.drill()));
        }
        return facts;
    }

    private static Fact backup(Duration rpo, VerifiedBackup newest, Instant now) {
        if (newest == null) {
            return Fact.of("backup", BACKUP, "none yet", rpo == null ? Levels.NONE : Levels.DANGER)
                    .withDetail(rpo == null ? "" : "RPO of " + Words.span(rpo) + " missed");
        }
        boolean missed = rpo != null && Duration.between(newest.snapshotTime(), now).compareTo(rpo) > 0;
        return Fact.of("backup", BACKUP, newest.id(), rpo == null ? Levels.NONE : missed ? Levels.DANGER : Levels.OK)
                .withDetail(rpo == null ? "" : "RPO of " + Words.span(rpo) + (missed ? " missed" : " met"))
                .withTime(newest.snapshotTime());
    }

    private static Fact drill(Duration rto, VerifiedBackup drill) {
        if (drill == null) {
            return Fact.of("drill", DRILL, "none yet", Levels.DANGER)
                    .withDetail("whether the RTO of " + Words.span(rto) + " is met is not known");
        }
        boolean missed = rto != null && drill.rto().compareTo(rto) > 0;
        return Fact.of(
                        "drill",
                        DRILL,
                        "restored in " + Words.duration(drill.rto().toMillis()),
                        rto == null ? Levels.NONE : missed ? Levels.DANGER : Levels.OK)
                .withDetail(rto == null ? "" : "RTO of " + Words.span(rto) + (missed ? " missed" : " met"))
                .withTime(drill.verifiedAt());
    }
}

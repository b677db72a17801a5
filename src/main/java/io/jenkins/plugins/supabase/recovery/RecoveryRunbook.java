package io.jenkins.plugins.supabase.recovery;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.ledger.VerifiedBackup;
import io.jenkins.plugins.supabase.core.overview.RunningState;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import io.jenkins.plugins.supabase.pages.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to do on the day that an environment's database is gone, with this environment's own names, commands and times.
 * Written so that it can be printed: that day Jenkins may be gone too.
 */
public final class RecoveryRunbook {
    private static final String NEW_DATABASE = "postgresql://NEW_SERVER:5432/restored";
    /** On that day a destination may be gone as well, which a verification finds a problem. */
    private static final String ONE_IS_ENOUGH = "A problem that names one destination, which may be gone or never have"
            + " had this backup, does not keep the restore from taking another one.";

    private final RecoveryFacts facts;
    private final Instant now;

    public RecoveryRunbook(RecoveryFacts facts, Instant now) {
        this.facts = facts;
        this.now = seconds(now);
    }

    public String title() {
        return "Recovery of " + facts.name();
    }

    public List<RunbookSection> sections() {
        List<RunbookSection> sections = new ArrayList<>(List.of(known()));
        managed().ifPresent(sections::add);
        sections.addAll(List.of(needed(), withJenkins(), withoutJenkins(), withoutThePlugin(), afterwards()));
        return sections;
    }

    private RunbookSection known() {
        List<RunbookEntry> entries = new ArrayList<>();
        entries.add(RunbookEntry.of("As of " + now + "."));
        VerifiedBackup newest = facts.standing().newest();
        Duration rpo = facts.backup().rpoObjective();
        if (newest == null) {
            entries.add(RunbookEntry.of("No backup has been verified: whether any restores is not known."));
        } else {
            Instant snapshot = seconds(newest.snapshotTime());
            Duration age = Duration.between(snapshot, now);
            entries.add(RunbookEntry.of("The newest verified backup is %s, of %s, %s old%s."
                    .formatted(newest.id(), snapshot, Words.span(age), measured(" an RPO", rpo, age))));
        }
        VerifiedBackup drill = facts.standing().drill();
        Duration rto = facts.backup().rtoObjective();
        entries.add(RunbookEntry.of(
                drill == null
                        ? "No drill has been made, so that nobody knows how long a restore takes"
                                + (rto == null ? "." : "; the RTO is " + Words.span(rto) + ".")
                        : "The last drill restored %s in %s on %s%s."
                                .formatted(
                                        drill.id(),
                                        Words.duration(drill.rto().toMillis()),
                                        seconds(drill.verifiedAt()),
                                        measured(" an RTO", rto, drill.rto()))));
        return new RunbookSection("What there is", entries);
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String measured(String what, Duration objective, Duration value) {
        if (objective == null) {
            return "";
        }
        String verdict = value.compareTo(objective) > 0 ? "missed" : "met";
        return "," + what + " of " + Words.span(objective) + " is " + verdict;
    }

    private Optional<RunbookSection> managed() {
        if (!facts.isManaged()) {
            return Optional.empty();
        }
        String project = facts.environment().getProjectRef();
        return Optional.of(RunbookSection.of(
                "While the project is there",
                RunbookEntry.of("Supabase keeps backups of the project " + project + " itself, and with point-in-time"
                        + " recovery they lose less: minutes. They are gone with the project. Restoring one takes the"
                        + " whole database back, and the project cannot be reached meanwhile."),
                new RunbookEntry(
                        "What there is, then one of the three that follow, run by somebody who has the permission"
                                + " Supabase/Restore and starts the build by hand:",
                        """
                        listBackups environment: '%1$s'
                        restoreManagedBackup environment: '%1$s', time: 'YYYY-MM-DDThh:mm:ssZ', confirm: 'replace %1$s'
                        restoreManagedBackup environment: '%1$s', id: ID, confirm: 'replace %1$s'
                        restoreManagedBackup environment: '%1$s', toRestorePoint: 'NAME', confirm: 'replace %1$s'"""
                                .formatted(facts.name())),
                new RunbookEntry(
                        "The same without Jenkins, with the file recovery.yaml from below and an access token of"
                                + " Supabase, typed, not written. Exit code 2: the environment's ledger was not told.",
                        """
                        read -rs %1$s && export %1$s
                        java -jar supabase-delivery-local.jar restoreManagedBackup --casc recovery.yaml \\
                            --environment %2$s --time YYYY-MM-DDThh:mm:ssZ --confirm "replace %2$s\""""
                                .formatted(RecoveryConfiguration.ACCESS_TOKEN, facts.name()))));
    }

    private RunbookSection needed() {
        BackupConfiguration backup = facts.backup();
        List<RunbookEntry> entries = new ArrayList<>();
        List<String> recipients = backup.getRecipients() == null ? List.of() : backup.getRecipients();
        entries.add(new RunbookEntry(
                "The identity of one of these keys, in a file identity.txt; without any of them no backup can be read."
                        + (backup.getIdentityCredentialsId() == null
                                ? ""
                                : " Jenkins holds one as its credentials " + backup.getIdentityCredentialsId() + "."),
                recipients.isEmpty()
                        ? null
                        : recipients.stream().map(RecoveryRunbook::owner).collect(Collectors.joining("\n"))));
        if (backup.getVerificationKey() != null) {
            entries.add(new RunbookEntry(
                    "The key that backups are checked with, no secret, in a file verification.pem:",
                    backup.getVerificationKey().strip()));
        }
        for (DestinationConfiguration destination : facts.destinations()) {
            entries.add(RunbookEntry.of("A machine that reaches the destination " + destination.getName() + ": "
                    + destination.describe() + "."));
        }
        entries.add(RunbookEntry.of("A PostgreSQL server of the same major version or later, with a login that may make"
                + " databases and the extensions that the database uses."));
        return new RunbookSection("What is needed", entries);
    }

    private static String owner(String line) {
        AgeRecipient recipient = AgeRecipient.parse(line);
        return recipient.text() + "  " + (recipient.owner() == null ? "(nobody noted who has it)" : recipient.owner());
    }

    private RunbookSection withJenkins() {
        String id = id();
        return RunbookSection.of(
                "With Jenkins",
                new RunbookEntry(
                        "A pipeline, run by somebody who has the permission Supabase/Restore. The first line finds out"
                                + " whether the backup is whole. " + ONE_IS_ENOUGH,
                        """
                        verifyBackup environment: '%1$s', id: '%2$s', depth: 'read', unstableOnly: true
                        restoreBackup environment: '%1$s', id: '%2$s',
                            databaseUrl: '%3$s',
                            databaseCredentialsId: 'NEW_SERVER_LOGIN'"""
                                .formatted(facts.name(), id, NEW_DATABASE)));
    }

    private RunbookSection withoutJenkins() {
        RecoveryConfiguration configuration = new RecoveryConfiguration(facts);
        String command = "java -jar supabase-delivery-local.jar %s --casc recovery.yaml --environment " + facts.name()
                + " --verification-key verification.pem";
        List<RunbookEntry> entries = new ArrayList<>();
        entries.add(new RunbookEntry(
                "On any machine with Java 17 and PostgreSQL's client programs, with supabase-delivery-local.jar. A file"
                        + " recovery.yaml:",
                configuration.yaml().strip()));
        String secrets = configuration.variables().stream()
                .map(name -> "read -rs " + name + " && export " + name)
                .collect(Collectors.joining("\n"));
        if (!secrets.isEmpty()) {
            entries.add(new RunbookEntry("The logins of the destinations, typed, not written:", secrets));
        }
        entries.add(new RunbookEntry(
                "Which backups there are, whether the one to take is whole, and the restore. PGUSER and PGPASSWORD are"
                        + " the new server's. " + ONE_IS_ENOUGH,
                command.formatted("listBackups") + "\n"
                        + command.formatted("verifyBackup") + " \\\n    --id " + id()
                        + " --depth read --identity identity.txt\n"
                        + command.formatted("restoreBackup") + " \\\n    --id " + id()
                        + " --identity identity.txt --database-url " + NEW_DATABASE));
        return new RunbookSection("Without Jenkins", entries);
    }

    private String id() {
        VerifiedBackup newest = facts.standing().newest();
        return newest == null ? "latest" : newest.id();
    }

    private RunbookSection withoutThePlugin() {
        return RunbookSection.of(
                "Without this plugin",
                RunbookEntry.of("A backup is files that age, zstd and psql read. The document of the format,"
                        + " docs/backup-format.md, has a script of 20 lines that restores one; keep a copy of it"
                        + " beside this page."));
    }

    private RunbookSection afterwards() {
        List<RunbookEntry> entries = new ArrayList<>();
        entries.add(RunbookEntry.of("Give the environment " + facts.name() + " the new server and its login in the"
                + " configuration (databaseUrl, databaseCredentialsId; projectRef and projectUrl of a new project)."));
        entries.add(new RunbookEntry(
                "Storage objects, where the backup holds any, go into the project that the environment has by then; its"
                        + " configuration goes into a folder, to be compared with what the release brings. On a server"
                        + " that real users depend on, confirm is what somebody types.",
                """
                restoreBackup environment: '%1$s', id: '%2$s', to: '%1$s',
                    storage: true, config: 'recovered', confirm: '%1$s/storage'"""
                        .formatted(facts.name(), id())));
        RunningState running = facts.running();
        if (running == null) {
            entries.add(RunbookEntry.of("No release is known to have run here: deploy the one that did."));
        } else {
            entries.add(new RunbookEntry(
                    "Edge functions and settings come from the release that ran, which%s:"
                            .formatted(
                            " is " + running.deployment().releaseVersion()
                                    + (running.commit() == null ? "" : " of commit " + running.commit())),
                    "supabaseDeploy environment: '%s', release: '%s'"
                            .formatted(facts.name(), running.deployment().releaseDigest())));
            List<String> secrets =
                    running.state().secrets().stream().map(RecordedSecret::name).toList();
            if (!secrets.isEmpty()) {
                entries.add(RunbookEntry.of("Secrets that it had, whose values nobody can read back from Supabase: "
                        + String.join(", ", secrets) + "."));
            }
        }
        entries.add(RunbookEntry.of("Make a backup of the new database at once, and note how long all of this took."));
        return new RunbookSection("Afterwards", entries);
    }
}

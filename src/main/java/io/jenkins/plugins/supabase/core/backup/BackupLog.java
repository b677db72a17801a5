package io.jenkins.plugins.supabase.core.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.AuditFilter;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.VerifiedBackup;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an environment's audit chain keeps of its backups. A backup is none the worse for a ledger that cannot be
 * written to, which a line says; a gate cannot count on it then.
 */
public final class BackupLog {
    private static final String MADE = "backup.made";
    private static final String CHECKED = "backup.checked";
    /** Far more than are made while a controller restarts. */
    private static final int NEWEST = 50;

    private final Environment environment;
    private final Access access;
    private final String operationId;
    private final String actor;
    private final String buildUrl;
    private final Progress progress;

    /**
     * @param operationId the same again when an operation goes on after a restart: each event is there once
     * @param buildUrl    empty where there is no build
     */
    public BackupLog(
            Environment environment,
            Access access,
            String operationId,
            String actor,
            String buildUrl,
            Progress progress) {
        this.environment = environment;
        this.access = access;
        this.operationId = operationId;
        this.actor = actor;
        this.buildUrl = buildUrl;
        this.progress = progress;
    }

    void made(BackupSummary backup) {
        ObjectNode payload = payload()
                .put("snapshotTime", backup.snapshotTime())
                .put("rpoSeconds", backup.rpoSeconds())
                .put("rows", backup.rows())
                .put("bytes", backup.bytes())
                .put("durationMillis", backup.durationMillis());
        if (backup.storage() != null) {
            payload.put("objects", backup.storage().objects()).put("objectsMissing", backup.storage().missing());
        }
        backup.problems().forEach(payload.putArray("problems")::add);
        backup.destinations().forEach(payload.putArray("destinations")::add);
        backup.failures().keySet().forEach(payload.putArray("missing")::add);
        append(MADE, VerifiedBackup.subject(backup.id()), payload);
    }

    /** What an earlier attempt of the same operation made. */
    record Made(String id, long durationMillis, List<String> problems) {
        private static Made of(AuditEntry event) {
            JsonNode payload = VerifiedBackup.payload(event);
            List<String> problems = new ArrayList<>();
            payload.path("problems").forEach(problem -> problems.add(problem.asText()));
            return new Made(
                    event.subject().substring(event.subject().indexOf('/') + 1),
                    payload.path("durationMillis").asLong(),
                    problems);
        }
    }

    Optional<Made> madeBefore() {
        try (Ledger ledger = open()) {
            List<AuditEntry> made = ledger.ask(reader -> reader.events(
                    new AuditFilter(Long.MAX_VALUE, null, MADE, null, null, null, null, NEWEST)));
            return made.stream()
                    .filter(event -> event.id().equals(id(MADE, event.subject())))
                    .findFirst()
                    .map(Made::of);
        } catch (DeliveryException e) {
            return Optional.empty();
        }
    }

    public void verified(VerificationSummary verification) {
        ObjectNode payload = payload()
                .put("snapshotTime", verification.snapshotTime())
                .put("depth", verification.depth())
                .put("durationMillis", verification.durationMillis())
                .put("rtoMillis", verification.rtoMillis());
        verification.destinations().forEach(payload.putArray("destinations")::add);
        // A problem names parts, tables and destinations, no rows.
        verification.problems().forEach(payload.putArray("problems")::add);
        // Comparing hashes says that nothing changed since it was stored, not that it can be opened.
        String sound = verification.depth().equals("hashes") ? CHECKED : VerifiedBackup.VERIFIED;
        append(
                verification.sound() ? sound : VerifiedBackup.UNSOUND,
                VerifiedBackup.subject(verification.id()),
                payload);
    }

    public void restored(RestoreSummary restore) {
        ObjectNode payload = payload()
                .put("snapshotTime", restore.snapshotTime())
                .put("target", restore.target())
                .put("before", restore.before())
                .put("durationMillis", restore.durationMillis());
        append("backup.restored", VerifiedBackup.subject(restore.id()), payload);
    }

    /** @param ids of backups that were copied to the destination */
    public void copied(String destination, List<String> ids) {
        append("backup.copied", "destination/" + destination, ids);
    }

    /** @param ids of backups that no rule kept in the destination */
    public void removed(String destination, List<String> ids) {
        append("backup.removed", "destination/" + destination, ids);
    }

    private void append(String kind, String subject, List<String> ids) {
        if (!ids.isEmpty()) {
            ObjectNode payload = payload();
            ids.forEach(payload.putArray("backups")::add);
            append(kind, subject, payload);
        }
    }

    private ObjectNode payload() {
        return JsonNodeFactory.instance.objectNode().put("build", buildUrl);
    }

    private void append(String kind, String subject, ObjectNode payload) {
        try (Ledger ledger = open()) {
            ledger.append(new AuditEvent(actor, kind, subject, payload), id(kind, subject));
        } catch (DeliveryException e) {
            progress.line("WARNING: this is not on record in the ledger of \"" + environment.name() + "\", so that"
                    + " no gate"
                    + " and no page can count on it. " + e.getMessage());
        }
    }

    /** An operation makes one backup; of the others, each subject has an event of its own. */
    private UUID id(String kind, String subject) {
        String key = "backup " + operationId + " " + kind + (kind.equals(MADE) ? "" : " " + subject);
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    private Ledger open() {
        if (access.databasePassword() == null) {
            throw new DeliveryException("The environment has no databaseCredentialsId.");
        }
        return Ledger.open(() -> Database.open(environment, access));
    }
}

package io.jenkins.plugins.supabase.core.backup.managed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.backup.managed.DatabaseMark.Sign;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.AuditFilter;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What the ledger keeps of a restore by the platform, and what it shows of it. The ledger is in the database that is
 * taken back: what was written before is gone after, which is the proof.
 */
final class RestoreLog {
    private static final String RESTORING = "managedBackup.restoring";
    private static final int NEWEST = 50;
    /** When a daily backup was complete is known, not the moment that it holds. */
    private static final Duration LONGEST_BACKUP = Duration.ofHours(12);

    private final ManagedRestoreRequest request;
    private final Progress progress;

    RestoreLog(ManagedRestoreRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Records that the database is about to be taken back.
     *
     * @throws DeliveryException when somebody deploys to it at the moment
     */
    DatabaseMark before(Instant moment, String restorePoint) throws InterruptedException {
        Instant since;
        try (Connection connection = Database.open(request.environment(), request.access())) {
            refuseDuringDeployment(connection);
            since = serverSince(connection);
        } catch (DeploymentGoesOn e) {
            throw new DeliveryException(e.getMessage(), e);
        } catch (DeliveryException | SQLException e) {
            // A database that cannot be reached may be the very reason.
            return unknown(e);
        }
        try (Ledger ledger = open()) {
            Instant certain = request.target().backup() == null ? moment : moment.minus(LONGEST_BACKUP);
            List<AuditEntry> earlier = ledger.ask(reader -> reader.events(
                    new AuditFilter(Long.MAX_VALUE, null, null, null, null, certain, null, 1)));
            AuditEntry witness = earlier.isEmpty() ? null : earlier.get(0);
            ledger.append(event(RESTORING, payload(moment, restorePoint)), id(RESTORING));
            return new DatabaseMark(
                    true, since, witness == null ? null : witness.id(), witness == null ? 0 : witness.seq());
        } catch (DeliveryException e) {
            unknown(e);
            return new DatabaseMark(false, since, null, 0);
        }
    }

    private static final class DeploymentGoesOn extends DeliveryException {
        private static final long serialVersionUID = 1L;

        DeploymentGoesOn(DeliveryException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private void refuseDuringDeployment(Connection connection) throws InterruptedException {
        try {
            AdvisoryLock.acquire(connection, Duration.ZERO, progress).close();
        } catch (DeliveryException e) {
            throw new DeploymentGoesOn(e);
        }
    }

    private DatabaseMark unknown(Exception e) {
        progress.line("WARNING: that the database is taken back is not on record in its ledger, and whether it was"
                + " cannot be seen by it later: " + e.getMessage());
        return DatabaseMark.NONE;
    }

    Sign sign(DatabaseMark mark) throws InterruptedException {
        if (!mark.written() && mark.serverSince() == null) {
            return Sign.NO_ANSWER;
        }
        try (Connection connection = Database.open(request.environment(), request.access())) {
            if (!mark.written()) {
                return mark.serverSince().equals(serverSince(connection)) ? Sign.AS_BEFORE : Sign.TAKEN_BACK;
            }
            LedgerReader reader = Ledger.read(connection);
            List<AuditEntry> told = reader.events(new AuditFilter(
                    Long.MAX_VALUE, null, RESTORING, request.target().subject(), null, null, null, NEWEST));
            if (told.stream().anyMatch(event -> event.id().equals(id(RESTORING)))) {
                return Sign.AS_BEFORE;
            }
            return mark.witness() == null || isThere(reader, mark) ? Sign.TAKEN_BACK : Sign.WANTING;
        } catch (DeliveryException | SQLException e) {
            return Sign.NO_ANSWER;
        }
    }

    private static boolean isThere(LedgerReader reader, DatabaseMark mark) {
        return reader.events(new AuditFilter(mark.witnessSeq() + 1, null, null, null, null, null, null, 1)).stream()
                .anyMatch(event -> event.id().equals(mark.witness()));
    }

    /** @return what could not be recorded, a sentence; null where it was */
    String restored(ManagedRestoreState state, long downtimeMillis) {
        return append("managedBackup.restored", payload(state.moment(), state.restorePoint())
                .put("downtimeMillis", downtimeMillis));
    }

    void failed(String why) {
        append("managedBackup.failed", payload(null, null).put("reason", why));
    }

    private String append(String kind, ObjectNode payload) {
        try (Ledger ledger = open()) {
            ledger.append(event(kind, payload), id(kind));
            return null;
        } catch (DeliveryException e) {
            return "What came of it is not on record in the ledger of \"" + request.environment().name() + "\". "
                    + e.getMessage();
        }
    }

    private ObjectNode payload(Instant moment, String restorePoint) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("build", request.origin().buildUrl())
                .put("moment", moment == null ? null : moment.toString())
                .put("restorePoint", restorePoint);
    }

    private AuditEvent event(String kind, ObjectNode payload) {
        return new AuditEvent(request.origin().actor(), kind, request.target().subject(), payload);
    }

    /** The same again when a look is repeated after a restart, so that each event is there once. */
    private UUID id(String kind) {
        String key = "managed restore " + request.origin().operationId() + " " + kind;
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Instant serverSince(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_postmaster_start_time()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private Ledger open() {
        return Ledger.open(() -> Database.open(request.environment(), request.access()));
    }
}

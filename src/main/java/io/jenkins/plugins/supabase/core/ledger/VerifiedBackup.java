package io.jenkins.plugins.supabase.core.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * A backup whose content a verification read and found sound, as the audit chain has it.
 *
 * @param id           of the backup
 * @param snapshotTime the moment that it holds, by the database's clock
 * @param verifiedAt   by the clock of the ledger's server
 * @param rto          how long the drill's restore took; null where it was read only
 * @param seq          of the event
 */
public record VerifiedBackup(String id, Instant snapshotTime, Instant verifiedAt, Duration rto, long seq) {
    public static final String VERIFIED = "backup.verified";
    /** A verification, however deep, found something wrong. */
    public static final String UNSOUND = "backup.unsound";

    private static final String SUBJECT = "backup/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @return what an event that says so tells; of one without a time of its snapshot, as if that were the event's */
    static VerifiedBackup of(AuditEntry event) {
        JsonNode payload = payload(event);
        JsonNode millis = payload.path("rtoMillis");
        return new VerifiedBackup(
                event.subject().replaceFirst("^" + SUBJECT, ""),
                time(payload.path("snapshotTime").asText(), event.at()),
                event.at(),
                millis.isNumber() ? Duration.ofMillis(millis.asLong()) : null,
                event.seq());
    }

    /** @return what an event of a backup holds */
    public static JsonNode payload(AuditEntry event) {
        try {
            return JSON.readTree(event.payloadJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The server keeps JSON alone", e);
        }
    }

    private static Instant time(String text, Instant otherwise) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /** @return the event's subject for the backup of that id */
    public static String subject(String id) {
        return SUBJECT + id;
    }
}

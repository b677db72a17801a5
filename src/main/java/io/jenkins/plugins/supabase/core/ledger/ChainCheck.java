package io.jenkins.plugins.supabase.core.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/** Walks the audit chain from its first event and computes each hash anew. */
final class ChainCheck {
    private static final String FORMAT = "1";
    private static final int ROWS_AT_A_TIME = 2_000;
    /** The fields of the hash in their order, then the hash. */
    private static final int FIELDS = 8;
    private static final String EVENTS =
            """
            SELECT previous_hash, seq::text, id::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                actor, kind, subject, payload::text, hash
            FROM supabase_delivery.audit_events ORDER BY audit_events.seq
            """;

    private final LedgerVerifier.Findings findings;
    private final MessageDigest sha256;
    private AuditHead last = AuditHead.NONE;
    private long events;

    ChainCheck(LedgerVerifier.Findings findings) {
        this.findings = findings;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    long events() {
        return events;
    }

    /** @return the last event that is there */
    AuditHead run(Connection connection, AuditHead kept) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet row = statement.executeQuery(EVENTS)) {
                while (row.next()) {
                    check(row);
                    compare(kept);
                }
            }
            compareEnd(statement);
        }
        if (kept != null && kept.seq() > last.seq()) {
            findings.add(last.seq(), "is the last one, but the head that was kept says there were " + kept.seq());
        }
        return last;
    }

    private void check(ResultSet row) throws SQLException {
        long seq = row.getLong(2);
        String hash = row.getString(FIELDS + 1);
        events++;
        if (!hash.equals(hash(row))) {
            findings.add(seq, "its content is not what its hash says: it was edited or moved");
        }
        if (seq != last.seq() + 1) {
            findings.add(seq, seq == last.seq() + 2
                    ? "event " + (seq - 1) + " before it is missing: it was removed"
                    : "events " + (last.seq() + 1) + " to " + (seq - 1) + " before it are missing: they were removed");
        } else if (!row.getString(1).equals(last.hash())) {
            findings.add(seq, "it does not follow the event before it: that one was replaced, or this one inserted");
        }
        last = new AuditHead(seq, hash);
    }

    private String hash(ResultSet row) throws SQLException {
        field(FORMAT);
        for (int column = 1; column <= FIELDS; column++) {
            field(row.getString(column));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void field(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha256.update(bytes);
        sha256.update((byte) ',');
    }

    private void compare(AuditHead kept) {
        if (kept != null && kept.seq() == last.seq() && !kept.hash().equals(last.hash())) {
            findings.add(last.seq(), "it is not the event whose hash was kept outside: the chain was written anew");
        }
    }

    private void compareEnd(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT seq, hash FROM supabase_delivery.audit_head")) {
            if (!row.next()) {
                findings.add(last.seq(), "the ledger's note of where the chain ends is missing");
                return;
            }
            AuditHead noted = new AuditHead(row.getLong(1), row.getString(2));
            if (noted.seq() > last.seq()) {
                findings.add(last.seq(), "is the last one, but there were " + noted.seq() + ": the end was cut off");
            } else if (noted.seq() < last.seq()) {
                findings.add(noted.seq() + 1, "was inserted: the ledger wrote only " + noted.seq());
            } else if (!noted.hash().equals(last.hash())) {
                findings.add(last.seq(), "it is not the last event that the ledger wrote");
            }
        }
    }
}

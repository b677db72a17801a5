package io.jenkins.plugins.supabase.core.ledger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Questions of pages that show what became of an environment. Where there is no ledger, all answers are empty. */
public final class LedgerOverview {
    /** Far more than there are between two drills. */
    private static final int VERIFICATIONS = 200;

    /** By a list of ids, as the planner would join all rows of the view first with a subquery. */
    private static final String DEPLOYMENTS = "SELECT " + Rows.DEPLOYMENT_COLUMNS
            + " FROM supabase_delivery.deployments_current d WHERE d.id = ANY (?)";

    private static final String SINCE =
            """
            SELECT %s FROM supabase_delivery.deployments_current d
            WHERE d.id = (
                SELECT min(s.id) FROM supabase_delivery.deployments s
                WHERE s.state = 'SUCCEEDED' AND s.id > coalesce(
                    (SELECT max(o.id) FROM supabase_delivery.deployments o
                     WHERE o.state = 'SUCCEEDED' AND o.release_digest <> ?), 0))
            """.formatted(Rows.DEPLOYMENT_COLUMNS);

    private final LedgerReader reader;

    LedgerOverview(LedgerReader reader) {
        this.reader = reader;
    }

    /** @return the successful deployment with which the release that runs came, this time */
    public Optional<Deployment> arrival(String releaseDigest) {
        return reader.first(SINCE, statement -> statement.setString(1, releaseDigest), Rows::deployment);
    }

    public List<Deployment> history(HistoryQuery query) {
        List<Long> ids = reader.all(query.sql(), statement -> {}, row -> row.getLong(1));
        Map<Long, Deployment> found = reader
                .all(
                        DEPLOYMENTS,
                        statement -> statement.setArray(
                                1, statement.getConnection().createArrayOf("bigint", ids.toArray())),
                        Rows::deployment)
                .stream()
                .collect(Collectors.toMap(Deployment::id, Function.identity()));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** @return addresses of the jobs whose builds deployed later than that deployment, each once */
    public List<String> jobsSince(long deployment) {
        return reader.all(
                """
                SELECT DISTINCT regexp_replace(b.build_url, '[0-9]+/$', '') FROM supabase_delivery.deployments b
                WHERE b.id > ? AND b.build_url <> ''
                """,
                statement -> statement.setLong(1, deployment),
                row -> row.getString(1));
    }

    /** @return by the last verifications */
    public BackupStanding backups() {
        String ofOneKind = "(SELECT " + Rows.EVENT_COLUMNS
                + " FROM supabase_delivery.audit_events e WHERE e.kind = ? ORDER BY e.seq DESC LIMIT"
                + " " + VERIFICATIONS + ")";
        return BackupStanding.of(reader.all(
                ofOneKind + " UNION ALL " + ofOneKind + " ORDER BY seq DESC",
                statement -> {
                    statement.setString(1, VerifiedBackup.VERIFIED);
                    statement.setString(2, VerifiedBackup.UNSOUND);
                },
                Rows::event));
    }

    /** @return empty in a ledger that keeps no health checks */
    public Optional<HealthMark> lastHealth() {
        return reader.lastHealthCheck()
                .map(check -> new HealthMark(check.at(), check.verdict().name(), String.join("; ", check.failing())));
    }

    /** @return all kinds of events that there are, in the order of their names */
    public List<String> eventKinds() {
        return reader.all(
                """
                WITH RECURSIVE kinds AS (
                    (SELECT e.kind FROM supabase_delivery.audit_events e ORDER BY e.kind LIMIT 1)
                    UNION ALL
                    SELECT (SELECT e.kind FROM supabase_delivery.audit_events e WHERE e.kind > k.kind
                            ORDER BY e.kind LIMIT 1)
                    FROM kinds k WHERE k.kind IS NOT NULL
                )
                SELECT k.kind FROM kinds k WHERE k.kind IS NOT NULL
                """,
                statement -> {},
                row -> row.getString(1));
    }

    /** @return events after that one, the oldest first */
    public List<AuditEntry> eventsAfter(long seq, int limit) {
        return reader.all(
                "SELECT " + Rows.EVENT_COLUMNS + " FROM supabase_delivery.audit_events e WHERE e.seq > ? ORDER BY e.seq"
                        + " LIMIT ?",
                statement -> {
                    statement.setLong(1, seq);
                    statement.setInt(2, limit);
                },
                Rows::event);
    }
}

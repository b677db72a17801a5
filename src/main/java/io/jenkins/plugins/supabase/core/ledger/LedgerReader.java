package io.jenkins.plugins.supabase.core.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions to the ledger. Never writes; where there is no ledger, all answers are empty. */
public final class LedgerReader {
    private static final String DEPLOYMENTS =
            "SELECT " + Rows.DEPLOYMENT_COLUMNS + " FROM supabase_delivery.deployments_current d ";
    private static final String CURRENT =
            """
            SELECT %s,
                (SELECT s.state::text FROM supabase_delivery.deployments r
                 JOIN supabase_delivery.environment_states s ON s.digest = r.environment_state
                 ORDER BY r.id DESC LIMIT 1) AS environment
            FROM supabase_delivery.deployments_current d
            WHERE d.id = (SELECT max(id) FROM supabase_delivery.deployments WHERE state = 'SUCCEEDED')
            """.formatted(Rows.DEPLOYMENT_COLUMNS);
    private static final String SNAPSHOTS =
            """
            SELECT s.deployment_id, s.kind, s.name, s.digest, c.bytes, s.taken_at
            FROM supabase_delivery.snapshots s JOIN supabase_delivery.snapshot_contents c ON c.digest = s.digest
            """;
    /**
     * Of the first deployment that was interrupted after the last one that ended well, with all its snapshots taken.
     */
    private static final String BASE =
            """
            WHERE s.deployment_id = coalesce(
                (SELECT min(i.id) FROM supabase_delivery.deployments i
                 WHERE i.id < ? AND i.state = 'INTERRUPTED' AND i.snapshots_taken_at IS NOT NULL
                   AND i.id > coalesce((SELECT max(w.id) FROM supabase_delivery.deployments w
                                        WHERE w.id < ? AND w.state IN ('SUCCEEDED', 'ROLLED_BACK')), 0)),
                ?)
            """;

    /** Version of the schema that has them. */
    private static final int WITH_AUDIT_EVENTS = 2;

    private final Connection connection;
    /** Of the schema; 0 where there is none. A reader does not upgrade it. */
    private final int version;

    private LedgerReader(Connection connection, int version) {
        this.connection = connection;
        this.version = version;
    }

    /** For a ledger that was opened, which upgrades it. */
    static LedgerReader ofNewest(Connection connection) {
        return new LedgerReader(connection, LedgerSchema.PLUGIN.migrations().size());
    }

    static LedgerReader of(Connection connection) {
        try {
            int version = LedgerSchema.version(connection);
            LedgerSchema.PLUGIN.refuseNewer(version);
            return new LedgerReader(connection, version);
        } catch (SQLException e) {
            throw LedgerFailure.of("be read", e);
        }
    }

    /** @return whether the database has a ledger */
    public boolean exists() {
        return version > 0;
    }

    /** @return what runs; empty where no deployment has succeeded */
    public Optional<CurrentState> current() {
        return first(CURRENT, statement -> {}, row ->
                new CurrentState(Rows.deployment(row), Rows.state(row.getString("environment"))));
    }

    /** @return the last successful deployment of another release than the one that runs */
    public Optional<Deployment> previous() {
        return first(
                DEPLOYMENTS + """
                WHERE d.state = 'SUCCEEDED' AND d.release_digest <> (
                    SELECT c.release_digest FROM supabase_delivery.deployments c WHERE c.state = 'SUCCEEDED'
                    ORDER BY c.id DESC LIMIT 1)
                ORDER BY d.id DESC LIMIT 1
                """,
                statement -> {},
                Rows::deployment);
    }

    /** @return what that deployment recorded of its environment; empty where it recorded nothing */
    public Optional<EnvironmentState> state(long deployment) {
        return first(
                """
                SELECT s.state::text FROM supabase_delivery.environment_states s
                JOIN supabase_delivery.deployments d ON d.environment_state = s.digest WHERE d.id = ?
                """,
                statement -> statement.setLong(1, deployment),
                row -> Rows.state(row.getString(1)));
    }

    public Optional<Deployment> deployment(long id) {
        return first(DEPLOYMENTS + "WHERE d.id = ?", statement -> statement.setLong(1, id), Rows::deployment);
    }

    /** @return the last deployment that began, whatever became of it */
    public Optional<Deployment> newest() {
        return first(DEPLOYMENTS + "ORDER BY d.id DESC LIMIT 1", statement -> {}, Rows::deployment);
    }

    /** @return the newest deployment of an operation */
    public Optional<Deployment> operation(String operationId) {
        return first(
                DEPLOYMENTS + "WHERE d.operation_id = ? ORDER BY d.id DESC LIMIT 1",
                statement -> statement.setString(1, operationId),
                Rows::deployment);
    }

    /** @return deployments that run now, see {@link Deployment#holder()} */
    public List<Deployment> running() {
        return all(
                DEPLOYMENTS + "WHERE d.id IN (SELECT r.id FROM supabase_delivery.deployments r WHERE r.state ="
                        + " 'RUNNING') AND d.state = 'RUNNING' ORDER BY d.id",
                statement -> {},
                Rows::deployment);
    }

    /**
     * A page of deployments, the newest first.
     *
     * @param before only those with a smaller id: the last one of the page before, or {@link Long#MAX_VALUE}
     */
    public List<Deployment> history(long before, int limit) {
        return all(
                DEPLOYMENTS + "WHERE d.id < ? ORDER BY d.id DESC LIMIT ?",
                statement -> {
                    statement.setLong(1, before);
                    statement.setInt(2, limit);
                },
                Rows::deployment);
    }

    /** @return the newest deployments of a release, named by its digest or version */
    public List<Deployment> ofRelease(String digestOrVersion, int limit) {
        return all(
                DEPLOYMENTS + """
                WHERE d.release_digest IN (
                    SELECT r.digest FROM supabase_delivery.releases r WHERE r.digest = ? OR r.version = ?)
                ORDER BY d.id DESC LIMIT ?
                """,
                statement -> {
                    statement.setString(1, digestOrVersion);
                    statement.setString(2, digestOrVersion);
                    statement.setInt(3, limit);
                },
                Rows::deployment);
    }

    /** @return the release of that digest, or else the newest one of that version */
    public Optional<ReleaseEntry> release(String digestOrVersion) {
        return first(
                """
                SELECT r.digest, r.version, r.manifest::text FROM supabase_delivery.releases r
                WHERE r.digest = ? OR r.version = ? ORDER BY r.digest = ? DESC, r.first_seen_at DESC LIMIT 1
                """,
                statement -> {
                    statement.setString(1, digestOrVersion);
                    statement.setString(2, digestOrVersion);
                    statement.setString(3, digestOrVersion);
                },
                row -> new ReleaseEntry(row.getString(1), row.getString(2), row.getString(3)));
    }

    /** @return the plan's JSON, as it was given */
    public Optional<String> plan(long deployment) {
        return first(
                "SELECT d.plan::text FROM supabase_delivery.deployments d WHERE d.id = ?",
                statement -> statement.setLong(1, deployment),
                row -> row.getString(1));
    }

    public List<DeploymentStep> steps(long deployment) {
        return all(
                """
                SELECT s.ordinal, s.kind, s.subject, s.state, s.started_at, s.ended_at, s.millis, s.detail
                FROM supabase_delivery.steps s WHERE s.deployment_id = ? ORDER BY s.ordinal
                """,
                statement -> statement.setLong(1, deployment),
                Rows::step);
    }

    /** @return what a deployment saved, in the order of kind and name; only the newest deployments keep theirs */
    public List<SnapshotEntry> snapshots(long deployment) {
        return all(
                SNAPSHOTS + "WHERE s.deployment_id = ? ORDER BY s.kind, s.name",
                statement -> statement.setLong(1, deployment),
                Rows::snapshot);
    }

    /** @return where the way back of a deployment leads to, see {@link OpenDeployment#baseSnapshots()} */
    public List<SnapshotEntry> baseSnapshots(long deployment) {
        return all(
                SNAPSHOTS + BASE + "ORDER BY s.kind, s.name",
                statement -> {
                    statement.setLong(1, deployment);
                    statement.setLong(2, deployment);
                    statement.setLong(3, deployment);
                },
                Rows::snapshot);
    }

    /**
     * @return the content of a snapshot
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException if it is gone, or is not what its digest
     * says
     */
    public byte[] load(SnapshotEntry entry) {
        return first(
                        "SELECT c.compressed, c.content FROM supabase_delivery.snapshot_contents c WHERE c.digest = ?",
                        statement -> statement.setString(1, entry.digest()),
                        row -> new SnapshotContent(entry.digest(), row.getBoolean(1), row.getBytes(2)))
                .orElseThrow(() -> SnapshotContent.gone(entry))
                .unpack(entry);
    }

    /** @return what runs and since when; empty where no deployment has succeeded */
    public Optional<Tenure> tenure() {
        return first(PromotionRows.TENURE, statement -> {}, PromotionRows::tenure);
    }

    /** @return the decisions about a promotion, in the order in which they were recorded */
    public List<DecisionEntry> decisions(String operationId) {
        return knowsPromotions()
                ? all(
                        PromotionRows.DECISIONS + "WHERE a.operation_id = ? ORDER BY a.event_seq",
                        statement -> statement.setString(1, operationId),
                        PromotionRows::decision)
                : List.of();
    }

    /** @return health checks of that time and later, in their order */
    public List<HealthEntry> healthChecks(Instant since) {
        return knowsPromotions()
                ? all(
                        PromotionRows.HEALTH + "WHERE h.at >= ? ORDER BY h.at",
                        statement -> statement.setObject(1, since.atOffset(ZoneOffset.UTC)),
                        PromotionRows::health)
                : List.of();
    }

    /** @return the newest health check */
    public Optional<HealthEntry> lastHealthCheck() {
        return knowsPromotions()
                ? first(PromotionRows.HEALTH + "ORDER BY h.at DESC LIMIT 1", statement -> {}, PromotionRows::health)
                : Optional.empty();
    }

    /**
     * @param digest of a release that ran here
     * @param before of one that ran here earlier; null for none
     * @return authors of the commits of all releases that were deployed with success after that one, up to this one
     */
    public List<String> authors(String digest, String before) {
        return all(
                """
                SELECT DISTINCT r.manifest ->> 'author' FROM supabase_delivery.deployments d
                JOIN supabase_delivery.releases r ON r.digest = d.release_digest
                WHERE d.state = 'SUCCEEDED' AND r.manifest ->> 'author' IS NOT NULL
                  AND d.id <= (SELECT max(l.id) FROM supabase_delivery.deployments l
                               WHERE l.state = 'SUCCEEDED' AND l.release_digest = ?)
                  AND d.id > coalesce((SELECT max(e.id) FROM supabase_delivery.deployments e
                                       WHERE e.state = 'SUCCEEDED' AND e.release_digest = ?), 0)
                ORDER BY 1
                """,
                statement -> {
                    statement.setString(1, digest);
                    statement.setString(2, before);
                },
                row -> row.getString(1));
    }

    private boolean knowsPromotions() {
        return version >= PromotionRows.SINCE_VERSION;
    }

    /** @return the server's clock, by which all times in the ledger are; empty where there is no ledger */
    public Optional<Instant> now() {
        return first(
                "SELECT pg_catalog.clock_timestamp() AS now", statement -> {}, row -> Rows.instant(row, "now"));
    }

    /** @return a page of audit events, the newest first */
    public List<AuditEntry> events(AuditFilter filter) {
        return all(filter.sql(), filter::bind, Rows::event);
    }

    /** @return what pages ask that show what became of the environment */
    public LedgerOverview overview() {
        return new LedgerOverview(this);
    }

    /** @return where the audit chain ends */
    public AuditHead head() {
        return first(
                        "SELECT h.seq, h.hash FROM supabase_delivery.audit_head h",
                        statement -> {},
                        row -> new AuditHead(row.getLong(1), row.getString(2)))
                .orElse(AuditHead.NONE);
    }

    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    <T> Optional<T> first(String sql, Fence.Parameters parameters, Mapper<T> mapper) {
        List<T> rows = all(sql, parameters, mapper);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    <T> List<T> all(String sql, Fence.Parameters parameters, Mapper<T> mapper) {
        if (!exists()) {
            return List.of();
        }
        String known = version < WITH_AUDIT_EVENTS ? sql.replace(Rows.EMERGENCY, Rows.NO_EMERGENCY) : sql;
        try (PreparedStatement statement = connection.prepareStatement(known)) {
            parameters.bind(statement);
            List<T> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(mapper.map(rows));
                }
            }
            return values;
        } catch (SQLException e) {
            throw LedgerFailure.of("be read", e);
        }
    }
}

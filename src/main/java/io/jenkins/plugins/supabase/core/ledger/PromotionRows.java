package io.jenkins.plugins.supabase.core.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Between the ledger's rows about promotions and their records. */
final class PromotionRows {
    /** From this version of the schema on there are decisions and health checks. */
    static final int SINCE_VERSION = 4;

    static final String DECISIONS =
            """
            SELECT a.operation_id, a.plan_digest, a.decided_by, a.decision, a.decided_at, a.comment, a.emergency
            FROM supabase_delivery.approvals a
            """;
    static final String HEALTH =
            """
            SELECT h.at, h.verdict, h.probed, h.failing::text AS failing, h.millis, h.deployment_id, h.actor,
                h.build_url
            FROM supabase_delivery.health_checks h
            """;
    /**
     * A deployment changes nothing before its snapshots are there. The last one that may have changed anything tells
     * whether it is known what runs; what runs is interrupted by all that did not bring that very release.
     */
    static final String TENURE =
            """
            WITH counted AS (
                SELECT d.id, d.release_digest, d.ended_at,
                    CASE WHEN d.state = 'RUNNING' AND d.lease_expires_at <= clock_timestamp() THEN 'INTERRUPTED'
                         ELSE d.state END AS state
                FROM supabase_delivery.deployments d
                WHERE d.state IN ('RUNNING', 'SUCCEEDED') OR d.kind <> 'DEPLOY' OR d.snapshots_taken_at IS NOT NULL
            ), runs AS (
                SELECT d.release_digest AS digest FROM supabase_delivery.deployments d
                WHERE d.state = 'SUCCEEDED' ORDER BY d.id DESC LIMIT 1
            ), newest AS (
                SELECT c.* FROM counted c ORDER BY c.id DESC LIMIT 1
            ), interruption AS (
                SELECT c.id FROM counted c, runs
                WHERE c.state <> 'SUCCEEDED' OR c.release_digest <> runs.digest ORDER BY c.id DESC LIMIT 1
            )
            SELECT runs.digest, r.version, n.id, n.state, clock_timestamp() AS now, f.id AS first, f.ended_at AS since
            FROM runs JOIN supabase_delivery.releases r ON r.digest = runs.digest CROSS JOIN newest n
            LEFT JOIN counted f ON f.id = CASE n.state
                WHEN 'SUCCEEDED' THEN (SELECT min(c.id) FROM counted c
                                       WHERE c.id > coalesce((SELECT i.id FROM interruption i), 0))
                WHEN 'ROLLED_BACK' THEN n.id
            END
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private PromotionRows() {}

    static DecisionEntry decision(ResultSet row) throws SQLException {
        return new DecisionEntry(
                row.getString("operation_id"),
                row.getString("plan_digest"),
                row.getString("decided_by"),
                DecisionEntry.Verdict.valueOf(row.getString("decision")),
                Rows.instant(row, "decided_at"),
                row.getString("comment"),
                row.getBoolean("emergency"));
    }

    static HealthEntry health(ResultSet row) throws SQLException {
        long deployment = row.getLong("deployment_id");
        boolean ofDeployment = !row.wasNull();
        return new HealthEntry(
                Rows.instant(row, "at"),
                HealthEntry.Verdict.valueOf(row.getString("verdict")),
                row.getInt("probed"),
                lines(row.getString("failing")),
                row.getLong("millis"),
                ofDeployment ? deployment : null,
                row.getString("actor"),
                row.getString("build_url"));
    }

    static Tenure tenure(ResultSet row) throws SQLException {
        return new Tenure(
                row.getString("digest"),
                row.getString("version"),
                row.getLong("first"),
                row.getLong("id"),
                DeploymentState.valueOf(row.getString("state")),
                Rows.instant(row, "since"),
                Rows.instant(row, "now"));
    }

    static String json(List<String> lines) {
        try {
            return JSON.writeValueAsString(lines);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of strings", e);
        }
    }

    private static List<String> lines(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            return List.of(json);
        }
    }
}

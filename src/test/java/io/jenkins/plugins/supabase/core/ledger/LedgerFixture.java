package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A database of its own for each test, and deployments to record in it. */
final class LedgerFixture {
    static final Lease LONG = new Lease(Duration.ofMinutes(5), Duration.ofMinutes(10));
    static final String FIRST_RELEASE = "1".repeat(64);
    static final String SECOND_RELEASE = "2".repeat(64);

    final TestDatabase database;

    LedgerFixture() throws SQLException {
        database = TestDatabase.create();
    }

    /** A ledger whose heartbeat comes too late to matter, so that a test alone decides what is written when. */
    Ledger open() {
        return open(LONG);
    }

    Ledger open(Lease lease) {
        return Ledger.open(database::connect, lease);
    }

    static NewDeployment deployment(String operation) {
        return deployment(operation, FIRST_RELEASE, DeploymentKind.DEPLOY);
    }

    static NewDeployment deployment(String operation, String release, DeploymentKind kind) {
        return new NewDeployment(
                operation,
                kind,
                new ReleaseEntry(release, "1.0." + release.charAt(0), "{\"commit\": \"" + release.charAt(0) + "\"}"),
                "a".repeat(64),
                "{\"migrations\" : [ ]}",
                "direct",
                "alice",
                "https://jenkins.example/job/shop/" + operation + "/",
                "https://jenkins.example/");
    }

    static EnvironmentState state(String version) {
        return EnvironmentState.of(
                List.of(new RecordedFunction("hello", "b".repeat(64), 7, null, null)),
                Map.of("auth.site_url", version),
                List.of(new RecordedSecret("STRIPE_KEY", "stripe", "2026-11-20T08:00:00Z")),
                Map.of("avatars", Map.of("public", "true")),
                Map.of("table public.polls", "d".repeat(64)));
    }

    /** Deploys from start to end. */
    static long succeed(Ledger ledger, String operation, String release) {
        try (OpenDeployment open = ledger.begin(deployment(operation, release, DeploymentKind.DEPLOY))) {
            open.end(Outcome.SUCCEEDED, "", state(release));
            return open.id();
        }
    }

    /** Makes all leases run out. */
    void expireLeases() throws SQLException {
        database.execute("update supabase_delivery.deployments set lease_expires_at = clock_timestamp() where state ="
                + " 'RUNNING'");
    }

    /** Cuts all connections of the database but the one that asks. */
    void endSessions() throws SQLException {
        endSessions(database, "datname = current_database() and pid <> pg_backend_pid()");
    }

    /** Forgets all, which is faster than a new schema. */
    void empty() throws SQLException {
        database.execute("set session_replication_role = replica; truncate supabase_delivery.releases,"
                + " supabase_delivery.environment_states, supabase_delivery.deployments, supabase_delivery.steps,"
                + " supabase_delivery.snapshots, supabase_delivery.snapshot_contents, supabase_delivery.approvals,"
                + " supabase_delivery.health_checks, supabase_delivery.audit_events;"
                + " update supabase_delivery.fence set token = 0; update supabase_delivery.audit_head set seq = 0,"
                + " hash = repeat('0', 64)");
    }

    /** Waits until they have ended; the server's own way to wait is younger than PostgreSQL 13. */
    static void endSessions(TestDatabase database, String condition) throws SQLException {
        while (!database.query("select pg_terminate_backend(pid) from pg_stat_activity where " + condition).isEmpty()) {
            Thread.yield();
        }
    }
}

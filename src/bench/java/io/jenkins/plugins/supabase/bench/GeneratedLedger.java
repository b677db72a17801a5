package io.jenkins.plugins.supabase.bench;

import io.jenkins.plugins.supabase.core.ledger.Ledger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills an empty database with a ledger as years of deployments leave it, written in one go instead of one by one. */
public final class GeneratedLedger {
    private static final String FILL =
            """
            SET session_replication_role = replica;
            INSERT INTO supabase_delivery.releases (digest, version, manifest)
            SELECT encode(sha256(('release ' || n)::bytea), 'hex'), '1.' || n / 50 || '.' || n %% 50,
                   jsonb_build_object('format', 1, 'version', '1.' || n / 50 || '.' || n %% 50,
                       'commit', encode(substring(sha256(('commit ' || n)::bytea) for 20), 'hex'),
                       'author', 'Alice <alice@example.com>', 'committedAt', '2026-11-01T08:00:00Z',
                       'files', (SELECT jsonb_agg(jsonb_build_object('path', 'supabase/migrations/' || m || '_step.sql'))
                                 FROM generate_series(1, 20 + n %% 30) m))
            FROM generate_series(1, %2$d) n;
            INSERT INTO supabase_delivery.environment_states (digest, state)
            SELECT repeat('0', 64), jsonb_build_object(
                'functions', (SELECT jsonb_agg(jsonb_build_object('slug', 'function-' || f, 'sourceDigest', md5('%3$s' || f), 'version', f))
                              FROM generate_series(1, 40) f),
                'config', (SELECT jsonb_object_agg('auth.key_' || k, md5('%3$s' || k)) FROM generate_series(1, 100) k),
                'secrets', '[]'::jsonb, 'buckets', '{}'::jsonb,
                'schema', (SELECT jsonb_object_agg('table public.t' || t, md5(t::text)) FROM generate_series(1, 300) t));
            INSERT INTO supabase_delivery.deployments (id, operation_id, attempt, kind, release_digest,
                previous_release_digest, plan_digest, plan, strategy, actor, build_url, controller, fencing_token, state,
                started_at, ended_at, lease_expires_at, message, environment_state)
            SELECT n, 'operation ' || n, gen_random_uuid(), CASE WHEN n %% 97 = 0 THEN 'ROLLBACK' ELSE 'DEPLOY' END,
                encode(sha256(('release ' || 1 + n * %2$d / (%1$d + 1))::bytea), 'hex'), NULL, repeat('a', 64), '{}', 'direct',
                (ARRAY['alice', 'bob', 'carol', 'timer'])[1 + n %% 4],
                'http://127.0.0.1:18094/job/shop/job/%3$s/' || n || '/', 'http://127.0.0.1:18094/', n,
                CASE WHEN n %% 31 = 0 THEN 'FAILED' WHEN n %% 53 = 0 THEN 'ROLLED_BACK' WHEN n %% 71 = 0 THEN 'STOPPED'
                     ELSE 'SUCCEEDED' END,
                now() - (%1$d - n + 1) * interval '10 minutes',
                now() - (%1$d - n + 1) * interval '10 minutes' + (5 + n * 7919 %% 300) * interval '1 second',
                now(), CASE WHEN n %% 31 = 0 THEN 'A migration failed.' ELSE '' END,
                CASE WHEN n = %1$d THEN repeat('0', 64) END
            FROM generate_series(1, %1$d) n;
            UPDATE supabase_delivery.fence SET token = %1$d;
            ANALYZE;
            """;
    private static final String EVENTS =
            """
            DO $events$
            BEGIN
                FOR n IN greatest(1, %1$d - %2$d)..%1$d LOOP
                    PERFORM supabase_delivery.append_event(gen_random_uuid(), (ARRAY['alice', 'bob', 'carol', 'timer'])[1 + n %% 4],
                        (ARRAY['deployment.started', 'deployment.ended'])[1 + n %% 2], 'deployment/' || n,
                        jsonb_build_object('state', 'SUCCEEDED', 'build', 'job/shop/' || n));
                END LOOP;
                PERFORM supabase_delivery.append_event(gen_random_uuid(), 'timer', 'backup.verified', 'backup/4711', '{}');
            END $events$
            """;

    private GeneratedLedger() {}

    /**
     * @param name   of the environment, in addresses of builds and in what differs between environments
     * @param events at most, of the newest deployments
     */
    static void fill(String jdbcUrl, String user, String password, String name, int deployments, int events)
            throws SQLException {
        try (Ledger ledger = Ledger.open(() -> DriverManager.getConnection(jdbcUrl, user, password))) {
            ledger.ask(reader -> reader.exists());
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(FILL.formatted(deployments, Math.max(1, deployments / 20), name));
            statement.execute(EVENTS.formatted(deployments, events));
        }
    }

    /** {@code URL USER PASSWORD NAME DEPLOYMENTS EVENTS}: fills a database to look at. */
    public static void main(String[] arguments) throws SQLException {
        fill(
                arguments[0],
                arguments[1],
                arguments[2],
                arguments[3],
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
    }
}

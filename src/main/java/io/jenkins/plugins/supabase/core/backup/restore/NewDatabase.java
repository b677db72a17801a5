package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Connections;
import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.database.Sql;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The database that a backup is restored into: made for it, or there already and empty. */
final class NewDatabase {
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String EMPTY = "TEMPLATE template0 ENCODING 'UTF8'";

    /** Whatever was made by somebody: a relation, type or function outside of extensions, or a schema. */
    private static final String CONTENT =
            """
            SELECT o.what FROM (
                SELECT 'schema ' || n.nspname AS what, n.oid, 'pg_catalog.pg_namespace'::regclass AS class
                FROM pg_catalog.pg_namespace n
                WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')
                UNION ALL
                SELECT 'relation ' || c.oid::regclass, c.oid, 'pg_catalog.pg_class'::regclass FROM pg_catalog.pg_class c
                WHERE c.relnamespace = 'public'::regnamespace
                UNION ALL
                SELECT 'function ' || p.oid::regproc, p.oid, 'pg_catalog.pg_proc'::regclass FROM pg_catalog.pg_proc p
                WHERE p.pronamespace = 'public'::regnamespace
                UNION ALL
                SELECT 'type ' || t.oid::regtype, t.oid, 'pg_catalog.pg_type'::regclass FROM pg_catalog.pg_type t
                WHERE t.typnamespace = 'public'::regnamespace
                UNION ALL
                SELECT 'large object ' || m.oid, m.oid, 'pg_catalog.pg_largeobject'::regclass
                FROM pg_catalog.pg_largeobject_metadata m) o
            WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                              WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e')
            ORDER BY 1 LIMIT 1
            """;

    private final ServerDatabase target;
    private final boolean made;

    private NewDatabase(ServerDatabase target, boolean made) {
        this.target = target;
        this.made = made;
    }

    /** @throws DeliveryException when it exists and is not empty */
    static NewDatabase prepare(Environment environment, Access access) throws SQLException, InterruptedException {
        ServerDatabase target = new ServerDatabase(environment, access);
        try (Connection connection = target.open()) {
            List<String> content = Rows.texts(connection, CONTENT);
            if (!content.isEmpty()) {
                throw new DeliveryException("The database to restore into is not empty: it has " + content.get(0)
                        + ". Nothing was changed in it. Name a database that does not exist yet; it is made.");
            }
            return new NewDatabase(target, false);
        } catch (DeliveryException e) {
            if (!(e.getCause() instanceof SQLException cause) || !NO_SUCH_DATABASE.equals(cause.getSQLState())) {
                throw e;
            }
        }
        return make(target, EMPTY);
    }

    /** @param options of {@code CREATE DATABASE} */
    static NewDatabase make(ServerDatabase target, String options) throws SQLException, InterruptedException {
        NewDatabase database = new NewDatabase(target, true);
        database.atServer("CREATE DATABASE " + Sql.name(target.name()) + " " + options);
        return database;
    }

    Connections connections() {
        return target::open;
    }

    /** Takes back what {@link #prepare} made; a database that was there before stays, with what came into it. */
    void giveUp() throws SQLException, InterruptedException {
        if (made) {
            atServer("DROP DATABASE IF EXISTS " + Sql.name(target.name()) + " WITH (FORCE)");
        }
    }

    /** @return what became of it, for the message of a failed restore */
    String afterFailure() {
        return made
                ? "The database that was made for it was dropped again."
                : "The database, which was empty before, holds what had been restored until then: drop it.";
    }

    private void atServer(String sql) throws SQLException, InterruptedException {
        try (Connection connection = target.openMaintenance()) {
            Rows.run(connection, sql);
        }
    }
}

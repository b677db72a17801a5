package io.jenkins.plugins.supabase.core.scratch;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.postgres.Cancellable;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A throw-away database with the schema of an environment's database, and none of its rows. */
public final class SchemaCopy implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "supabase_delivery_scratch_";
    /** On a server that others use, databases of agents that were killed are dropped after this time. */
    private static final Duration STALE = Duration.ofDays(1);
    private static final int STALE_NAME = PREFIX.length();
    private static final String DUPLICATE_OBJECT = "42710";

    private final ScratchServer server;
    private final String database;
    private final List<String> roles = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private SchemaCopy(ScratchServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /**
     * @param target of the environment; read only, and with no lock stronger than ACCESS SHARE
     * @throws NoScratchServer when the schema cannot be read at all; what cannot be copied of it is {@link #missing()}
     */
    public static SchemaCopy make(ScratchServer server, Connection target, Environment environment, Access access)
            throws NoScratchServer, SQLException, InterruptedException {
        Path pgDump = PostgresPrograms.pgDump(List.of(), target.getMetaData().getDatabaseMajorVersion());
        SchemaDump dump = SchemaDump.read(pgDump, target, environment, access);
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        String name = PREFIX + Instant.now().getEpochSecond() + "_" + HexFormat.of().formatHex(random);
        SchemaCopy copy = new SchemaCopy(server, name);
        try {
            dump.unread().forEach(what -> copy.missing.add("The database user may not read " + what + "."));
            copy.create(target);
            copy.restore(dump.sql());
            return copy;
        } catch (SQLException | InterruptedException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /** @return a superuser's connection in auto-commit mode, the caller's to close; the search path is the target's */
    public Connection connect() throws SQLException {
        return server.connect(database);
    }

    /** @return what of the schema is not there, and why, one sentence each */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    private void create(Connection target) throws SQLException {
        try (Connection connection = server.connect(null)) {
            dropStale(connection);
            RawScript.run(connection, "CREATE DATABASE " + database + " TEMPLATE template0 ENCODING 'UTF8'");
            List<String> there = column(connection, "SELECT rolname FROM pg_catalog.pg_roles");
            for (String role : column(target, "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_'")) {
                if (!there.contains(role)) {
                    createRole(connection, role);
                }
            }
            String path = column(target, "SELECT pg_catalog.current_setting('search_path')").get(0);
            if (!path.isBlank()) {
                RawScript.run(connection, "ALTER DATABASE " + database + " SET search_path TO " + path);
            }
        }
    }

    private void createRole(Connection connection, String role) throws SQLException {
        String name = quoted(role);
        SQLException failure = RawScript.run(connection, "CREATE ROLE " + name + " NOLOGIN", notice -> {}).failure();
        if (failure == null) {
            roles.add(name);
        } else if (!DUPLICATE_OBJECT.equals(failure.getSQLState())) {
            throw failure;
        }
    }

    private static void dropStale(Connection connection) throws SQLException {
        long limit = Instant.now().minus(STALE).getEpochSecond();
        for (String name : column(connection, "SELECT datname FROM pg_catalog.pg_database WHERE datname ~ '^" + PREFIX
                + "\\d{10}_[0-9a-f]{12}$' AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datname ="
                + " pg_database.datname)")) {
            if (Long.parseLong(name.substring(STALE_NAME, STALE_NAME + 10)) < limit) {
                RawScript.run(connection, "DROP DATABASE IF EXISTS " + name);
            }
        }
    }

    private void restore(String sql) throws SQLException, InterruptedException {
        try (Connection connection = connect();
                Cancellable work = new Cancellable(connection)) {
            missing.addAll(work.run(scratch -> {
                List<String> notMade = new SchemaRestore(sql).run(scratch);
                populateViews(scratch);
                return notMade;
            }));
        }
    }

    /** A materialized view that was never populated can neither be read nor be refreshed concurrently. */
    private static void populateViews(Connection connection) throws SQLException {
        int before = Integer.MAX_VALUE;
        List<String> empty = emptyViews(connection);
        // One that reads another has its turn after that one.
        while (!empty.isEmpty() && empty.size() < before) {
            before = empty.size();
            for (String view : empty) {
                RawScript.run(connection, "REFRESH MATERIALIZED VIEW " + view, notice -> {});
            }
            empty = emptyViews(connection);
        }
    }

    private static List<String> emptyViews(Connection connection) throws SQLException {
        return column(connection,
                "SELECT pg_catalog.format('%I.%I', schemaname, matviewname) FROM pg_catalog.pg_matviews"
                + " WHERE NOT ispopulated ORDER BY 1");
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Drops the database, and the roles that were made for it. */
    @Override
    public void close() {
        try (Connection connection = server.connect(null)) {
            RawScript.run(connection, "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            for (String role : roles) {
                // Another copy on the same server may own objects by this role; then it goes with that one.
                RawScript.run(connection, "DROP ROLE IF EXISTS " + role, notice -> {});
            }
        } catch (SQLException e) {
            System.getLogger(SchemaCopy.class.getName())
                    .log(System.Logger.Level.DEBUG, "A scratch database stays until the next one is made", e);
        }
    }
}

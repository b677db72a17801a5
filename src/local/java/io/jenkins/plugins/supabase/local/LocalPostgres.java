package io.jenkins.plugins.supabase.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL 15 server of its own on loopback, in a temporary directory that is deleted with it. */
public final class LocalPostgres implements AutoCloseable {
    public static final String USER = "postgres";
    public static final String PASSWORD = "postgres";

    private final EmbeddedPostgres server;

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** @throws UncheckedIOException if the server does not come up within a minute */
    public static LocalPostgres start() {
        return start(null, Map.of());
    }

    /**
     * @param data     the folder of its files, which is deleted with it; null for a temporary one
     * @param settings of its configuration, by name
     * @throws UncheckedIOException if the server does not come up within a minute
     */
    public static LocalPostgres start(Path data, Map<String, String> settings) {
        // Nothing of it outlives the process, so that nothing needs to survive a crash of the machine.
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off");
        if (data != null) {
            builder.setDataDirectory(data);
        }
        settings.forEach(builder::setServerConfig);
        try {
            return new LocalPostgres(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Creates a database from {@code template0}, by copying files: the other way writes each page to the log too. */
    public void createDatabase(String name) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + name + "\" template template0 strategy file_copy");
        }
    }

    /** @return {@code postgresql://127.0.0.1:port/name}, the form that an environment's {@code databaseUrl} has */
    public String url(String database) {
        return "postgresql://127.0.0.1:" + port() + "/" + database;
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:" + url(database), USER, PASSWORD);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop cleanly", e);
        }
    }
}

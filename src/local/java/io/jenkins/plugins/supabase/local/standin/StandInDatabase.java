package io.jenkins.plugins.supabase.local.standin;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The database of a project, of which copies are kept beside it, as the platform keeps physical backups. */
public final class StandInDatabase {
    private final String server;
    private final String name;
    private final String user;
    private final String password;

    /**
     * @param server {@code postgresql://host:port}, where the user may make and drop databases
     * @param name   of a database that there is
     */
    public StandInDatabase(String server, String name, String user, String password) {
        this.server = server;
        this.name = name;
        this.user = user;
        this.password = password;
    }

    /** @return the name of a copy of it as it is now; whoever is connected loses the connection */
    String copy() {
        String copy = "standin_" + UUID.randomUUID().toString().replace("-", "");
        run(disconnect(), "CREATE DATABASE " + copy + " TEMPLATE \"" + name + "\"");
        return copy;
    }

    /** Makes it what it was when that copy was made. */
    void takeBack(String copy) {
        run("DROP DATABASE \"" + name + "\" WITH (FORCE)", "CREATE DATABASE \"" + name + "\" TEMPLATE " + copy);
    }

    void drop(String copy) {
        run("DROP DATABASE IF EXISTS " + copy);
    }

    private String disconnect() {
        return "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + name + "'";
    }

    private void run(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:" + server + "/postgres", user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The project's database could not be copied or taken back", e);
        }
    }
}

package io.jenkins.plugins.supabase.local.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Gives a plain PostgreSQL the roles, schemas and functions that migrations of a Supabase project rely on. */
public final class SupabaseRoles {
    private SupabaseRoles() {}

    /** May run again on the same database. The connection's user must be a superuser. */
    public static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script());
        }
    }

    private static String script() {
        try (InputStream script = SupabaseRoles.class.getResourceAsStream("supabase-bootstrap.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

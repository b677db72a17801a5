package io.jenkins.plugins.supabase.core.backup.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens any number of connections to one database. */
@FunctionalInterface
public interface Connections {
    /** @return in auto-commit mode, the caller's to close */
    Connection open() throws SQLException, InterruptedException;
}

package io.jenkins.plugins.supabase.core.scratch;

import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL server on which throw-away databases may be made. */
public interface ScratchServer extends AutoCloseable {
    /** @return such as "PostgreSQL 15.14 on this agent", for a plan */
    String description();

    int majorVersion();

    /**
     * @param database of this server; null for the one that is always there
     * @return a superuser's connection in auto-commit mode, the caller's to close
     */
    Connection connect(String database) throws SQLException;

    /**
     * Gives the server back; one that was started for the purpose is gone afterwards, also on an interrupted thread.
     */
    @Override
    void close();
}

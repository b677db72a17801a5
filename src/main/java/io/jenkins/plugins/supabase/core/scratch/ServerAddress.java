package io.jenkins.plugins.supabase.core.scratch;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** A scratch server's address, {@code postgresql://host:port/database?parameters}, and who logs in there. */
record ServerAddress(String url, String user, SecretText password) {
    /**
     * @param database instead of the address's own; null for that
     * @throws DeliveryException saying why it could not be reached
     */
    Connection open(String database) throws InterruptedException {
        return Database.open(
                new Environment("scratch", null, null, null, at(database)), new Access(null, user, password, null));
    }

    /** As {@link #open}, for callers that know JDBC's exceptions only. */
    Connection connect(String database) throws SQLException {
        try {
            return open(database);
        } catch (DeliveryException e) {
            throw new SQLException(e.getMessage(), "08001", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while connecting to the scratch server", "57014", e);
        }
    }

    private String at(String database) {
        if (database == null) {
            return url;
        }
        int authority = url.indexOf("://") + 3;
        int query = url.indexOf('?', authority);
        int path = url.indexOf('/', authority);
        int end = path >= 0 ? path : query >= 0 ? query : url.length();
        return url.substring(0, end) + "/" + database + (query < 0 ? "" : url.substring(query));
    }
}

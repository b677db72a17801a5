package io.jenkins.plugins.supabase.core.postgres;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections to an environment's database. */
public final class Database {
    /** How sessions are named in {@code pg_stat_activity}. */
    public static final String APPLICATION_NAME = "supabase-delivery";

    private static final int CONNECT_SECONDS = 10;
    private static final int LOGIN_SECONDS = 20;
    private static final int CANCEL_SECONDS = 2;

    private Database() {}

    /**
     * Parameters in the environment's URL go to the driver, and win over the defaults set here: 10 s to connect, 20 s to
     * log in, TCP keep-alive. There is no limit on reading, as a migration may take hours.
     *
     * @return a connection in auto-commit mode, the caller's to close
     * @throws DeliveryException saying why the database could not be reached
     * @throws InterruptedException if the thread is interrupted while connecting
     */
    public static Connection open(Environment environment, Access access) throws InterruptedException {
        DatabaseAddress address = DatabaseAddress.of(environment);
        if (access.databaseUser() == null || access.databasePassword() == null) {
            throw new DeliveryException("Environment '%s' has no credentials for its database, so that %s was not contacted"
                            .formatted(environment.name(), address)
                    + " and nothing was changed. Set databaseCredentialsId of the environment to a credential with user"
                    + " name and password.");
        }
        Properties properties = new Properties();
        PGProperty.USER.set(properties, access.databaseUser());
        PGProperty.PASSWORD.set(properties, access.databasePassword().reveal());
        PGProperty.APPLICATION_NAME.set(properties, APPLICATION_NAME);
        // So that the name is part of the login and RESET ALL does not take it away.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, LOGIN_SECONDS);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.SOCKET_FACTORY.set(properties, ReadAheadSockets.class.getName());
        // Not through DriverManager, which does not find drivers that a Jenkins plugin's class loader brought.
        try {
            return new Driver().connect(address.jdbcUrl(), properties);
        } catch (SQLException e) {
            // The driver logs in on a thread of its own because of the login timeout, so that waiting is interruptible.
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while connecting to the database of " + environment.name());
            }
            throw new ConnectionProblem(environment, access.databaseUser(), address, e).toException();
        }
    }
}

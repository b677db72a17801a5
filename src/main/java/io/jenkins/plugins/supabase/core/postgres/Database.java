package io.jenkins.plugins.supabase.core.postgres;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import java.sql.Connection;

/** Opens connections to an environment's database. */
public final class Database {
    private Database() {}

    /**
     * @return a connection in auto-commit mode, the caller's to close
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException saying why the database could not be reached
     * @throws InterruptedException if the thread is interrupted while connecting
     */
    public static Connection open(Environment environment, Access access) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }
}

package io.jenkins.plugins.supabase.core.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections for the ledger alone; asked again when one was cut. */
@FunctionalInterface
public interface ConnectionSource {
    /**
     * @return of pgjdbc, in auto-commit mode, closed by the ledger
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException saying why there is none
     */
    Connection open() throws SQLException, InterruptedException;
}

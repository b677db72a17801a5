package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.sql.Connection;
import java.util.List;

/**
 * Applies migrations, each file in one transaction with its history row. Whoever applies holds the
 * {@link io.jenkins.plugins.supabase.core.postgres.AdvisoryLock} on the same connection.
 */
public final class MigrationDeployer {
    public MigrationDeployer(Connection connection, MigrationOptions options, Progress progress) {}

    /**
     * Compares the files with the database's history, and refuses what could not be applied as a whole. Changes nothing.
     *
     * @param files of the project, sorted by version
     * @return those that {@link #apply} would run, in order
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException listing what is missing or out of order, or a
     *     file that cannot run in one transaction
     */
    public List<MigrationFile> pending(List<MigrationFile> files) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * @param pending what {@link #pending} returned
     * @return one outcome a file
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException when a file failed: it was rolled back, those
     *     before it stay
     * @throws InterruptedException after the running statement was cancelled and its file rolled back
     */
    public List<MigrationOutcome> apply(List<MigrationFile> pending) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }
}

package io.jenkins.plugins.supabase.core.backup.restore;

/** Makes a backup of a database just before what is in it is replaced. */
@FunctionalInterface
public interface SafetyBackup {
    /**
     * @return id of the backup
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException when there is none; nothing is replaced then
     */
    String make() throws InterruptedException;
}

/**
 * Backups under faults. Each fault is made to happen, and at the end a backup is restored and compared, row by row or
 * by the hashes of a drill.
 *
 * <table>
 * <caption>Faults and the tests that inject them</caption>
 * <tr><th>fault</th><th>tests</th></tr>
 * <tr><td>kill -9 of a backup, of a restore in place, at random moments ({@code -Dbackup.kills=200}), and right before
 *     and after the manifest</td>
 *     <td>{@code KilledBackupTest}, {@code restore.KilledRestoreTest}</td></tr>
 * <tr><td>the source's connection is cut, hangs, flips a bit under TLS</td><td>{@code FaultyConnectionTest},
 *     {@code ChangingDatabaseTest}</td></tr>
 * <tr><td>pg_dump fails, is killed, or warns</td><td>{@code database.FailingPgDumpTest}</td></tr>
 * <tr><td>the target's connection is cut during a restore</td><td>{@code FaultyConnectionTest}</td></tr>
 * <tr><td>a disk that is full, a write that is cut there</td><td>{@code FullDiskTest}</td></tr>
 * <tr><td>fsync fails: always, on a device that is too short (needs root); for a part, the signature, the manifest or
 *     the folder alone (needs a C compiler)</td>
 *     <td>{@code FailingFsyncTest}, {@code FailingFsyncMomentsTest}</td></tr>
 * <tr><td>S3 answers 500 or 503, hangs, or fails for a moment</td><td>{@code core.blob.S3BackupFaultsIT}</td></tr>
 * <tr><td>a destination is down and comes back</td><td>{@code store.BackupSyncTest}, {@code BackupOperationTest},
 *     {@code FullDiskTest}</td></tr>
 * <tr><td>one bit at every 64 KiB; parts exchanged, missing, cut</td><td>{@code DamagedBackupTest}</td></tr>
 * <tr><td>a manifest that is cut, older, of another backup, changed</td><td>{@code DamagedBackupTest}</td></tr>
 * <tr><td>a wrong key, rotated keys</td><td>{@code RoundTripTest}, {@code DamagedBackupTest}</td></tr>
 * <tr><td>a clock that goes back, stands still, is ahead</td><td>{@code retention.RetentionTest},
 *     {@code retention.RetentionPolicyTest}</td></tr>
 * <tr><td>two backups at once; a restart while one is made</td><td>{@code ChangingDatabaseTest},
 *     {@code BackupOperationTest}; in Jenkins {@code BackupRestartTest}</td></tr>
 * <tr><td>retention ends between any two deletes</td><td>{@code retention.RetentionTest}</td></tr>
 * <tr><td>a target that is not empty, or that users depend on</td><td>{@code RoundTripTest},
 *     {@code local.runner.NightlyBackupTest}, {@code restore.InPlaceRestoreTest}</td></tr>
 * <tr><td>rows, sequences and definitions change during a backup</td><td>{@code ChangingDatabaseTest}</td></tr>
 * <tr><td>a pooler, missing grants, row-level security</td><td>{@code ChangingDatabaseTest}</td></tr>
 * <tr><td>a row of 1 GB, a larger one, one without room in memory; an object of 5 GB
 *     ({@code -Dbackup.megabytes=1000}, {@code -Dbackup.object=5000 -Dbackup.object.heap=256})</td>
 *     <td>{@code LargeDatabaseTest}, {@code storage.LargeObjectTest}</td></tr>
 * <tr><td>secrets and rows in logs, arguments, files</td><td>{@code RoundTripTest}; in Jenkins
 *     {@code BackupStepsTest}</td></tr>
 * </table>
 *
 * <p>Objects of storage that change while they are listed belong to the tests of storage.
 */
package io.jenkins.plugins.supabase.core.backup;

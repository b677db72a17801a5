package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import java.time.Instant;
import java.util.List;

/**
 * A database as it was backed up.
 *
 * @param snapshotTime by the database's clock
 * @param server       its version, such as 15.14
 * @param client       pg_dump's version
 * @param parts        in the order in which they are restored
 * @param notes        what was left out on purpose, a sentence each
 */
public record DatabaseParts(
        Instant snapshotTime, String server, String client, List<BackupPart> parts, List<String> notes) {}

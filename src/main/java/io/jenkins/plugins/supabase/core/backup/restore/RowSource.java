package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import java.io.IOException;
import java.io.InputStream;

/** Rows of parts, as a database is to get them. For several threads. */
@FunctionalInterface
interface RowSource {
    /** @return in COPY's text format; the caller's to close */
    InputStream open(BackupPart part) throws IOException, InterruptedException;
}

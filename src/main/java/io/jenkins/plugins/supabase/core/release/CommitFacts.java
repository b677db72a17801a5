package io.jenkins.plugins.supabase.core.release;

import java.time.Instant;

/**
 * @param hash   in full
 * @param author name and mail address, as the commit has them
 * @param branch null where HEAD is detached
 */
record CommitFacts(String hash, Instant committedAt, String author, String branch) {}

package io.jenkins.plugins.supabase.core.plan;

/**
 * The release of a plan.
 *
 * @param digest   SHA-256 of its bundle, 64 hex digits
 * @param commit   null where the folder is under no version control
 * @param modified whether the folder differed from the commit
 */
public record ReleaseSummary(
        String digest, String version, String commit, String branch, String author, boolean modified) {}

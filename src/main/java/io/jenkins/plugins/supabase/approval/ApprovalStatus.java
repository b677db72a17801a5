package io.jenkins.plugins.supabase.approval;

import java.util.Locale;

/** How far a promotion has come, as its page tells it. */
public enum ApprovalStatus {
    WAITING,
    /** And what was approved is being carried out. */
    APPROVED,
    REJECTED,
    EXPIRED,
    /** The build was stopped. */
    ABORTED,
    /** The gate was closed: before anybody was asked, or when it came to carrying it out. */
    REFUSED,
    /** The ground moved, and it is being planned anew. */
    VOIDED,
    SUCCEEDED,
    /** The target was what the release says already. */
    UNCHANGED,
    FAILED,
    ROLLED_BACK;

    /** @return as in the JSON, such as {@code rolled_back} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

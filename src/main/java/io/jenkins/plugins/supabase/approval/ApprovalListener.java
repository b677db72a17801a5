package io.jenkins.plugins.supabase.approval;

import io.jenkins.plugins.supabase.core.promotion.Decision;

/** The build that waits. Called by whoever decides, so it must return at once. */
public interface ApprovalListener {
    /** A decision was counted, which need not have settled it. */
    void decided(Decision decision);

    /** It is approved, rejected or expired. Called once, unless the controller is restarted meanwhile. */
    void settled();
}

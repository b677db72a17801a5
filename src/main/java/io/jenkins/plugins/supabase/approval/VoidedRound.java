package io.jenkins.plugins.supabase.approval;

import io.jenkins.plugins.supabase.core.promotion.Ballot;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Decisions that count for nothing any more, and what made them so. No record: XStream restores none. */
public final class VoidedRound implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Ballot ballot;
    private final ArrayList<String> changes;

    VoidedRound(Ballot ballot, List<String> changes) {
        this.ballot = ballot;
        this.changes = new ArrayList<>(changes);
    }

    public String getPlanDigest() {
        return ballot.planDigest();
    }

    public List<Decision> getDecisions() {
        return ballot.decisions();
    }

    /** @return a line for each difference between what was approved and what would have been done */
    public List<String> getChanges() {
        return List.copyOf(changes);
    }
}

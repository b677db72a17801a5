package io.jenkins.plugins.supabase.core.ledger;

import java.util.List;

/**
 * What a verification of the ledger found.
 *
 * @param head     of the audit chain, to be printed and kept outside of the database
 * @param events   of the chain that were read
 * @param problems empty where the ledger is as it was written; at most {@link #MOST}
 */
public record Verification(AuditHead head, long events, List<Problem> problems) {
    public static final int MOST = 100;

    public Verification {
        problems = List.copyOf(problems);
    }

    public boolean intact() {
        return problems.isEmpty();
    }

    /**
     * @param seq  of the event at which it shows; 0 where there is none
     * @param what one sentence
     */
    public record Problem(long seq, String what) {
        @Override
        public String toString() {
            return seq == 0 ? what : "Event " + seq + ": " + what;
        }
    }
}

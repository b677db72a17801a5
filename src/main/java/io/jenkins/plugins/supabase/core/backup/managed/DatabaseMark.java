package io.jenkins.plugins.supabase.core.backup.managed;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * What is known of a database before it is taken back, to see by it that it was.
 *
 * @param written     whether the event that says so is in the ledger: a database that was taken back has it no longer
 * @param serverSince when the server was started; null where it could not be asked
 * @param witness     the newest event of the ledger that a database of the wanted moment must have; null for none
 * @param witnessSeq  its place in the chain
 */
record DatabaseMark(boolean written, Instant serverSince, UUID witness, long witnessSeq) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of a database that cannot be asked. */
    static final DatabaseMark NONE = new DatabaseMark(false, null, null, 0);

    /** What a look at the database shows. */
    enum Sign {
        AS_BEFORE,
        TAKEN_BACK,
        /** It was taken back, and lacks what it had at that moment. */
        WANTING,
        NO_ANSWER
    }
}

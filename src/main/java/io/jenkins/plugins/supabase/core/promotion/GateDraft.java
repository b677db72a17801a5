package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.trace.Severity;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** {@link GateRules} being put together: whoever changes one of them need not name the others. Asks nothing at first. */
final class GateDraft {
    List<Quorum> quorums = List.of();
    boolean allowStarter = true;
    boolean allowAuthor = true;
    Duration soak = Duration.ZERO;
    boolean sourceHealthy;
    Duration backupMaxAge;
    boolean noDrift;
    Severity maxSeverity;
    List<String> sources = List.of();
    List<BranchRule> branches = List.of();
    List<Freeze> freezes = List.of();
    Duration expiry;
    EmergencyRule emergency;
    boolean trace;

    /** @return a draft that says what the rules say */
    static GateDraft of(GateRules rules) {
        GateDraft draft = new GateDraft();
        draft.quorums = rules.quorums();
        draft.allowStarter = rules.allowStarter();
        draft.allowAuthor = rules.allowAuthor();
        draft.soak = rules.soak();
        draft.sourceHealthy = rules.sourceHealthy();
        draft.backupMaxAge = rules.backupMaxAge();
        draft.noDrift = rules.noDrift();
        draft.maxSeverity = rules.maxSeverity();
        draft.sources = rules.sources();
        draft.branches = rules.branches();
        draft.freezes = rules.freezes();
        draft.expiry = rules.expiry();
        draft.emergency = rules.emergency();
        draft.trace = rules.trace();
        return draft;
    }

    GateRules with(Consumer<GateDraft> change) {
        change.accept(this);
        return new GateRules(
                quorums, allowStarter, allowAuthor, soak, sourceHealthy, backupMaxAge, noDrift, maxSeverity, sources,
                branches, freezes, expiry, emergency, trace);
    }
}

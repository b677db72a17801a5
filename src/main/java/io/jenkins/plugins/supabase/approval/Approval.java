package io.jenkins.plugins.supabase.approval;

import hudson.model.Run;
import hudson.security.AccessControlled;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.promotion.Ballot;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.RefusedDecision;
import io.jenkins.plugins.supabase.core.promotion.Voter;
import io.jenkins.plugins.supabase.pages.WaitingGates.WaitingGate;
import io.jenkins.plugins.supabase.pages.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * A promotion that people decide on. All decisions go through the lock of this object, of which there is one a
 * promotion: see {@link Approvals}. What is decided is on disk before anybody hears of it.
 */
public final class Approval implements WaitingGate {
    private final ApprovalPage page;
    private final ApprovalFiles files;
    private ApprovalRecord record;
    private ApprovalListener listener;
    private Alarm alarm;

    Approval(ApprovalPage page, ApprovalFiles files, ApprovalRecord record) {
        this.page = page;
        this.files = files;
        this.record = record;
    }

    /** From now on the build hears of decisions; those before, it finds in {@link #status} and {@link #ballot}. */
    public synchronized void listen(ApprovalListener build) {
        listener = build;
        watchTheClock();
    }

    synchronized void watchTheClock() {
        if (alarm == null && record.status() == ApprovalStatus.WAITING) {
            alarm = Alarm.set(this);
        }
    }

    public synchronized ApprovalStatus status() {
        return record.status();
    }

    /** @return for people; empty where the status says all */
    public synchronized String message() {
        return record.message();
    }

    public synchronized Ballot ballot() {
        return record.ballot();
    }

    synchronized ApprovalRecord record() {
        return record;
    }

    /** @throws UncheckedIOException if its file was deleted or cannot be read */
    public PlannedPromotion planned() {
        try {
            return files.readPlanned();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "What is to be promoted cannot be read from the folder of the build: " + e.getMessage(), e);
        }
    }

    public ApprovalPage page() {
        return page;
    }

    /**
     * Counts a decision; saying the same again changes nothing.
     *
     * @throws io.jenkins.plugins.supabase.core.promotion.RefusedDecision where it does not count
     */
    void decide(Decision decision) throws IOException {
        ApprovalListener told;
        boolean settled;
        synchronized (this) {
            Ballot counted = record.ballot().with(decision);
            if (counted == record.ballot()) {
                return;
            }
            requireWaiting();
            settled = write(record.with(counted), decision.at());
            told = listener;
        }
        if (told != null) {
            told.decided(decision);
            if (settled) {
                told.settled();
            }
        }
        if (settled) {
            Approvals.forget(this);
            Notices.decided(this);
        }
    }

    /**
     * Counts what the current user answers elsewhere than on the page, by the same rules.
     *
     * @param comment a rejection needs one
     * @throws RefusedDecision where it does not count
     * @throws org.springframework.security.access.AccessDeniedException without the permission to promote, or to nobody
     */
    public void answer(String planDigest, boolean approves, String comment) throws IOException {
        Voters.requirePermission(run().getParent());
        Voter voter = Voters.of(Jenkins.getAuthentication2(), ballot().rules());
        Instant now = Instant.now();
        decide(approves
                ? Decision.approve(voter, comment, planDigest, now)
                : Decision.reject(voter, comment, planDigest, now));
    }

    /** A ballot stays open where the build ended without it: the gate was closed, or somebody stopped the build. */
    private void requireWaiting() {
        if (record.status() != ApprovalStatus.WAITING || !run().isBuilding()) {
            throw new RefusedDecision(
                    RefusedDecision.Reason.SETTLED,
                    "This promotion does not wait any more: it is "
                            + Words.of(record.status() == ApprovalStatus.WAITING ? ApprovalStatus.ABORTED : record.status())
                            + ". Nothing was counted or changed by this.");
        }
    }

    /** @return whether that settled it */
    private boolean write(ApprovalRecord counted, Instant now) throws IOException {
        Ballot.State state = counted.ballot().state(now);
        ApprovalRecord next = switch (state) {
            case OPEN, VOIDED -> counted;
            case APPROVED -> counted.with(ApprovalStatus.APPROVED, "");
            case REJECTED -> counted.with(ApprovalStatus.REJECTED, "");
            case EXPIRED -> counted.with(ApprovalStatus.EXPIRED, "");
        };
        files.write(next);
        record = next;
        return state != Ballot.State.OPEN && state != Ballot.State.VOIDED;
    }

    /** Called when half of the time is over, and when all of it is. */
    void clockStruck(Instant now) throws IOException {
        ApprovalListener told;
        synchronized (this) {
            if (record.status() != ApprovalStatus.WAITING) {
                return;
            }
            if (!write(record.withHalfwayTold(), now)) {
                Notices.halfway(this);
                return;
            }
            told = listener;
        }
        if (told != null) {
            told.settled();
        }
        Approvals.forget(this);
        Notices.decided(this);
    }

    /**
     * Says how it ended. What cannot be written is only missing on the page: the ledger of the target has it.
     *
     * @param message for people; empty where the status says all
     */
    public void end(ApprovalStatus status, String message) throws IOException {
        boolean waited;
        synchronized (this) {
            waited = record.status() == ApprovalStatus.WAITING;
            record = record.with(status, message);
            files.write(record);
        }
        Approvals.forget(this);
        if (waited) {
            Notices.decided(this);
        }
    }

    /** Takes back all decisions: what would be done is not what was decided on. */
    public synchronized void voidDecisions(String why, List<String> changes) throws IOException {
        record = record.voided(why, changes);
        files.write(record);
    }

    synchronized void silence() {
        if (alarm != null) {
            alarm.off();
            alarm = null;
        }
    }

    @Override
    public String environment() {
        return page.getEnvironment();
    }

    @Override
    public String from() {
        return page.getFrom();
    }

    @Override
    public String releaseVersion() {
        return page.getReleaseVersion();
    }

    @Override
    public String url() {
        return page.getObject().getUrl() + page.getUrlName() + "/";
    }

    @Override
    public Instant since() {
        return Instant.ofEpochMilli(record().sinceMillis());
    }

    @Override
    public Instant expires() {
        return ballot().expires().orElse(null);
    }

    @Override
    public boolean mayDecide(Authentication user) {
        return whyNot(user, Instant.now()).isEmpty();
    }

    /** @return why this user may not approve; empty where they may */
    String whyNot(Authentication user, Instant now) {
        return whyNot(run().getParent(), ballot(), user, now);
    }

    static String whyNot(AccessControlled job, Ballot ballot, Authentication user, Instant now) {
        return why(job, ballot, user, voter -> ballot.decisionOf(voter)
                .map(decision -> "You have decided: " + decision.describe() + ".")
                .or(() -> ballot.refusal(voter, now).map(RefusedDecision::getMessage)));
    }

    /** @return why this user may not reject; empty where they may */
    String whyNotReject(Authentication user, Instant now) {
        Ballot ballot = ballot();
        return why(run().getParent(), ballot, user,
                voter -> ballot.refusalToReject(voter, now).map(RefusedDecision::getMessage));
    }

    private static String why(
            AccessControlled job, Ballot ballot, Authentication user, Function<Voter, Optional<String>> refusal) {
        if (!job.hasPermission2(user, Permissions.PROMOTE)) {
            return "You have no permission Supabase/Promote on this job.";
        }
        if (!Voters.isSomebody(user)) {
            return "You are not logged in.";
        }
        return refusal.apply(Voters.of(user, ballot.rules())).orElse("");
    }

    /** @return whether the build is still there to carry it out */
    boolean isAwaited() {
        return status() == ApprovalStatus.WAITING && run().isBuilding();
    }

    Run<?, ?> run() {
        return page.getObject();
    }
}

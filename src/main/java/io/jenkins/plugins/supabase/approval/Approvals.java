package io.jenkins.plugins.supabase.approval;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.supabase.core.promotion.Ballot;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.pages.BuildRecords;
import io.jenkins.plugins.supabase.pages.WaitingGates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.util.Timer;

/**
 * The promotions that wait, each once, so that its lock is one. Others are read from the folder of their build when
 * somebody looks at them.
 */
@Extension
public final class Approvals implements WaitingGates {
    /** By then Pipeline has usually loaded the builds that go on; what it has not is looked at. */
    private static final long LOADED_MILLIS = TimeUnit.MINUTES.toMillis(5);
    private static final Logger LOGGER = Logger.getLogger(Approvals.class.getName());

    private final Map<String, Approval> waiting = new ConcurrentHashMap<>();
    /** Of builds that are not loaded since Jenkins started. */
    private final Map<String, RecalledGate> recalled = new ConcurrentHashMap<>();

    private static Approvals get() {
        return ExtensionList.lookupSingleton(Approvals.class);
    }

    /**
     * Begins to ask about a plan, or writes down that nobody is asked: because the gate is closed, or because nobody
     * needs to approve. An earlier round of the same promotion must have been voided.
     */
    public static Approval open(Run<?, ?> run, PlannedPromotion planned) throws IOException {
        ApprovalPage page = new BuildRecords(run)
                .place(ApprovalPage.class, new ApprovalPage(planned));
        ApprovalFiles files = page.files();
        Instant now = Instant.now();
        Ballot ballot = planned.ballot(now);
        ApprovalRecord record = ApprovalRecord.of(status(planned, ballot, now), planned.refusal(), ballot, now.toEpochMilli());
        if (files.exist()) {
            record = record.after(files.readRecord());
        }
        files.write(planned);
        files.write(record);
        Approval approval = new Approval(page, files, record);
        if (record.status() == ApprovalStatus.WAITING) {
            WaitingNotes.keep(WaitingNote.of(page));
            get().waiting.put(page.getId(), approval);
            Notices.waiting(approval);
        }
        return approval;
    }

    private static ApprovalStatus status(PlannedPromotion planned, Ballot ballot, Instant now) {
        if (!planned.gate().passes()) {
            return ApprovalStatus.REFUSED;
        }
        return ballot.state(now) == Ballot.State.APPROVED ? ApprovalStatus.APPROVED : ApprovalStatus.WAITING;
    }

    /**
     * @param id of the operation
     * @return null where that build asked nobody, or its files were deleted
     */
    public static Approval find(Run<?, ?> run, String id) {
        for (ApprovalPage page : run.getActions(ApprovalPage.class)) {
            if (page.getId().equals(id)) {
                return of(page);
            }
        }
        return null;
    }

    /** @return null where its files were deleted */
    static Approval of(ApprovalPage page) {
        Approvals all = get();
        Approval found = all.waiting.computeIfAbsent(page.getId(), id -> {
            Approval read = read(page);
            return read != null && read.isAwaited() ? read : null;
        });
        RecalledGate known = all.recalled.remove(page.getId());
        if (found == null) {
            if (known != null) {
                WaitingNotes.remove(page.getId());
            }
            return read(page);
        }
        found.watchTheClock();
        return found;
    }

    /** Lists what waited when Jenkins ended, without loading a build. */
    static void recall() {
        get().recallAll();
    }

    private void recallAll() {
        for (WaitingNote note : WaitingNotes.all()) {
            try {
                recall(note);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "Whether " + note.url() + " waits is known once its build is loaded", e);
            }
        }
    }

    private void recall(WaitingNote note) throws IOException {
        RecalledGate gate = RecalledGate.of(note);
        if (gate == null) {
            WaitingNotes.remove(note.id());
            return;
        }
        recalled.put(note.id(), gate);
        if (waiting.containsKey(note.id())) {
            // Pipeline was faster.
            recalled.remove(note.id());
            return;
        }
        long millis = Math.min(LOADED_MILLIS, gate.millisLeft().orElse(LOADED_MILLIS));
        Timer.get().schedule(() -> meet(note.id()), millis, TimeUnit.MILLISECONDS);
    }

    private void meet(String id) {
        RecalledGate gate = recalled.get(id);
        if (gate != null) {
            gate.meet();
            if (recalled.remove(id, gate)) {
                WaitingNotes.remove(id);
            }
        }
    }

    /** @return null where its files were deleted */
    private static Approval read(ApprovalPage page) {
        ApprovalFiles files = page.files();
        if (!files.exist()) {
            return null;
        }
        try {
            return new Approval(page, files, files.readRecord());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void forget(Approval approval) {
        approval.silence();
        get().drop(approval);
    }

    private void drop(Approval approval) {
        String id = approval.page().getId();
        if (waiting.remove(id, approval)) {
            WaitingNotes.remove(id);
        }
    }

    /** Of a build that was ended by force nobody told that it does not wait any more. */
    @Override
    public List<WaitingGate> waiting() {
        waiting.values().stream().filter(approval -> !approval.isAwaited()).forEach(this::drop);
        return Stream.<WaitingGate>concat(
                        waiting.values().stream(),
                        recalled.entrySet().stream()
                                .filter(one -> !waiting.containsKey(one.getKey()))
                                .map(Map.Entry::getValue))
                .toList();
    }
}

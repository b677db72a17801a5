package io.jenkins.plugins.supabase.approval;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.supabase.pages.WaitingGates.WaitingGate;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A promotion that waited when Jenkins ended, and whose build is not loaded yet. */
final class RecalledGate implements WaitingGate {
    private final WaitingNote note;
    private final Item job;
    private final ApprovalRecord record;

    private RecalledGate(WaitingNote note, Item job, ApprovalRecord record) {
        this.note = note;
        this.job = job;
        this.record = record;
    }

    /** @return null where it does not wait any more, as far as the build's folder tells */
    static RecalledGate of(WaitingNote note) throws IOException {
        Item job = Jenkins.get().getItemByFullName(note.job());
        ApprovalFiles files = new ApprovalFiles(new File(note.folder()), note.page());
        if (job == null || !files.exist()) {
            return null;
        }
        ApprovalRecord record = files.readRecord();
        return record.status() == ApprovalStatus.WAITING ? new RecalledGate(note, job, record) : null;
    }

    OptionalLong millisLeft() {
        return Alarm.millisLeft(record);
    }

    /** Loads the build. */
    void meet() {
        Run<?, ?> run = Run.fromExternalizableId(note.build());
        if (run != null) {
            Approvals.find(run, note.id());
        }
    }

    @Override
    public String environment() {
        return note.environment();
    }

    @Override
    public String from() {
        return note.from();
    }

    @Override
    public String releaseVersion() {
        return note.releaseVersion();
    }

    @Override
    public String url() {
        return note.url();
    }

    @Override
    public Instant since() {
        return Instant.ofEpochMilli(record.sinceMillis());
    }

    @Override
    public Instant expires() {
        return record.ballot().expires().orElse(null);
    }

    @Override
    public boolean mayDecide(Authentication user) {
        return Approval.whyNot(job, record.ballot(), user, Instant.now()).isEmpty();
    }
}

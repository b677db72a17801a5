package io.jenkins.plugins.supabase.approval;

import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.notice.GateNotice;
import io.jenkins.plugins.supabase.notice.GateNotices;
import io.jenkins.plugins.supabase.pages.Words;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Tells people outside of Jenkins that a promotion waits for them, and what became of it. */
final class Notices {
    private Notices() {}

    static void waiting(Approval approval) {
        send(GateNotice.Kind.WAITING, approval, "");
    }

    static void halfway(Approval approval) {
        send(GateNotice.Kind.HALFWAY, approval, "");
    }

    static void decided(Approval approval) {
        String told = approval.ballot().decisions().stream()
                .map(Decision::describe)
                .collect(Collectors.joining("; "));
        boolean byPeople =
                List.of(ApprovalStatus.APPROVED, ApprovalStatus.REJECTED).contains(approval.status());
        send(GateNotice.Kind.DECIDED, approval, byPeople && !told.isEmpty() ? told : Words.of(approval.status()));
    }

    private static void send(GateNotice.Kind kind, Approval approval, String outcome) {
        String root = Jenkins.get().getRootUrl();
        GateNotices.send(new GateNotice(
                kind,
                approval.environment(),
                approval.from(),
                approval.releaseVersion(),
                approval.run().getFullDisplayName(),
                root == null ? approval.url() : root + approval.url(),
                approval.since(),
                approval.expires(),
                kind == GateNotice.Kind.DECIDED ? List.of() : approval.ballot().missing(),
                outcome,
                approval.page().isEmergency()));
    }
}

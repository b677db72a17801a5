package io.jenkins.plugins.supabase.local.runner.step;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.promotion.ApprovalDesk;
import io.jenkins.plugins.supabase.core.promotion.Ballot;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.RefusedDecision;
import io.jenkins.plugins.supabase.core.promotion.Voter;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks those at the terminal, one after the other, whether they approve a promotion. */
public final class TerminalDesk implements ApprovalDesk {
    private final Console console;
    private final Answers answers;
    private final List<Voter> voters;

    /** @param voters who is there, in the order in which they are asked */
    public TerminalDesk(Console console, Answers answers, List<Voter> voters) {
        this.console = console;
        this.answers = answers;
        this.voters = List.copyOf(voters);
    }

    @Override
    public Ballot ask(PlannedPromotion planned, Ballot open) throws InterruptedException {
        Ballot ballot = open;
        for (Voter voter : voters) {
            if (ballot.state(Instant.now()) != Ballot.State.OPEN) {
                break;
            }
            Optional<RefusedDecision> refusal = ballot.refusal(voter, Instant.now());
            if (refusal.isPresent()) {
                console.line(refusal.get().getMessage());
                continue;
            }
            console.line("The " + planned.describe() + " needs " + String.join(" and ", ballot.missing()) + ".");
            ballot = ballot.with(decision(planned, voter));
        }
        return ballot;
    }

    private Decision decision(PlannedPromotion planned, Voter voter) throws InterruptedException {
        while (true) {
            String answer = answer(planned, "Approve or Reject? (" + voter.id() + ") ").toLowerCase(Locale.ROOT);
            if (List.of("approve", "yes", "y").contains(answer)) {
                String comment = answer(planned, "Comment, or nothing: ");
                return Decision.approve(voter, comment, planned.planDigest(), Instant.now());
            }
            if (List.of("reject", "no", "n").contains(answer)) {
                String reason = answer(planned, "Why? ");
                if (!reason.isEmpty()) {
                    return Decision.reject(voter, reason, planned.planDigest(), Instant.now());
                }
            }
            console.line("Answer 'approve', or 'reject' with a reason.");
        }
    }

    private String answer(PlannedPromotion planned, String question) throws InterruptedException {
        console.ask(question);
        Optional<String> line = answers.next();
        if (line.isEmpty()) {
            console.endLine();
            throw new DeliveryException("Nobody answered whether the " + planned.describe() + " is approved: standard"
                    + " input has ended. Nothing was changed. Run the pipeline in a terminal, or pipe the answers"
                    + " ('approve' or 'reject', then a line with a comment or the reason) into it.");
        }
        return line.get().strip();
    }
}

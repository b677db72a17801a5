package io.jenkins.plugins.supabase.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.supabase.approval.Approval;
import io.jenkins.plugins.supabase.approval.ApprovalStatus;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes down in the target's ledger where the decisions on a promotion stand. Not in the way of anybody: what the ledger
 * misses now is written when the promotion is applied.
 */
final class DecisionRecording {
    private static final Logger LOGGER = Logger.getLogger(DecisionRecording.class.getName());

    private final Callable<PromotionRequest> request;
    private final Callable<VirtualChannel> agent;
    private final Consumer<String> log;

    /**
     * @param request with the credentials of both environments, resolved anew
     * @param agent   that can reach the ledger
     * @param log     of the build
     */
    DecisionRecording(Callable<PromotionRequest> request, Callable<VirtualChannel> agent, Consumer<String> log) {
        this.request = request;
        this.agent = agent;
        this.log = log;
    }

    void record(Approval approval) {
        try {
            String aborted = approval.status() == ApprovalStatus.ABORTED ? approval.message() : null;
            agent.call()
                    .callAsync(new RecordDecisionsCallable(
                            request.call(), approval.planned(), approval.ballot(), aborted))
                    .get(RecordDecisionsCallable.LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.log(Level.FINE, "Decisions of " + approval.url() + " are not in the ledger yet", e);
            log.accept("WARNING: The decisions could not be written to the ledger of " + approval.environment()
                    + " yet: " + e.getMessage());
        }
    }
}

package io.jenkins.plugins.supabase.steps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.supabase.approval.Approval;
import io.jenkins.plugins.supabase.approval.ApprovalStatus;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.DecisionEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerWriter;
import io.jenkins.plugins.supabase.core.promotion.DecisionRecord;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import io.jenkins.plugins.supabase.pages.EnvironmentNews;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes down in the target's ledger where the decisions on a promotion stand. Not in the way of anybody: what the ledger
 * does not take now, this controller keeps for it.
 */
final class DecisionRecording {
    private static final Logger LOGGER = Logger.getLogger(DecisionRecording.class.getName());

    private final Callable<Origin> origin;
    private final Callable<PromotionRequest> request;
    private final Callable<VirtualChannel> agent;
    private final Consumer<String> log;

    /**
     * @param origin  of the build
     * @param request with the credentials of both environments, resolved anew
     * @param agent   that can reach the ledger
     * @param log     of the build
     */
    DecisionRecording(
            Callable<Origin> origin,
            Callable<PromotionRequest> request,
            Callable<VirtualChannel> agent,
            Consumer<String> log) {
        this.origin = origin;
        this.request = request;
        this.agent = agent;
        this.log = log;
    }

    void record(Approval approval) {
        try {
            String aborted = approval.status() == ApprovalStatus.ABORTED ? approval.message() : null;
            record(new DecisionRecord(origin.call(), approval.planned(), approval.ballot(), aborted));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "The decisions of " + approval.url() + " are on record in its build alone", e);
        }
    }

    void record(DecisionRecord record) throws InterruptedException {
        boolean written = false;
        try {
            written = agent.call()
                    .callAsync(new RecordDecisionsCallable(request.call(), record))
                    .get(RecordDecisionsCallable.LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOGGER.log(Level.FINE, "Decisions of " + record.planned().operationId() + " are not in the ledger yet", e);
            log.accept("WARNING: The decisions could not be written to the ledger of " + record.planned().to()
                    + " yet, and are kept by Jenkins until they can: " + e.getMessage());
        } finally {
            if (!written) {
                record.writeTo(new Keeping(record.planned().to()), Instant.now());
            }
        }
    }

    /** Hands on what waits for the ledger. */
    private record Keeping(String environment) implements LedgerWriter {
        @Override
        public void write(AuditEvent event, UUID id) {
            EnvironmentNews.all().forEach(news -> news.happened(environment, event, id));
        }

        @Override
        public void write(DecisionEntry decision, ObjectNode payload) {
            EnvironmentNews.all().forEach(news -> news.decided(environment, decision, payload));
        }
    }
}

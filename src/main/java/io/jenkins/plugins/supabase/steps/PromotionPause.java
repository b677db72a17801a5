package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.supabase.approval.Approval;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.SingleApproval;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * What Jenkins draws as a pause, and does not count as work, while people decide; with a question of the input step where
 * the Jenkinsfile wants one.
 */
final class PromotionPause implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(PromotionPause.class.getName());

    private final StepContext context;
    private final String environment;
    private final ApprovalWay way;
    /** null where the page alone asks */
    private volatile InputQuestion question;

    PromotionPause(StepContext context, String environment, ApprovalWay way) {
        this.context = context;
        this.environment = environment;
        this.way = way;
    }

    /** @throws AbortException where no release could be asked for in this way, whatever its branch */
    void requireFit(GateRules asked, boolean emergency) throws AbortException {
        if (way == ApprovalWay.INPUT) {
            try {
                GateRules gate = SupabaseDeliveryConfiguration.get().environment(environment).gateRules();
                require(SingleApproval.whyNever(gate, asked, emergency));
            } catch (DeliveryException e) {
                throw new AbortException(e.getMessage());
            }
        }
    }

    /** @throws AbortException where this promotion cannot be asked for in this way */
    void requireFit(PlannedPromotion planned) throws AbortException {
        if (way == ApprovalWay.INPUT) {
            require(SingleApproval.whyNot(planned.ballotRules()));
        }
    }

    private void require(Optional<String> problem) throws AbortException {
        if (problem.isPresent()) {
            throw new AbortException("approval: 'input' asks one person one question, and the gate of " + environment
                    + " cannot be passed so: " + problem.get()
                    + ". Nothing was done. Write approval: 'page', or leave it out.");
        }
    }

    void begin(InputAnswer.Asker asker, Approval approval) throws Exception {
        if (way == ApprovalWay.INPUT) {
            question = InputQuestion.ask(context, asker, approval);
            return;
        }
        FlowNode node = context.get(FlowNode.class);
        if (node != null) {
            node.addAction(new PauseAction("Promotion to " + environment));
        }
    }

    /** After a restart. */
    void resume() throws Exception {
        InputQuestion open = question;
        if (open != null) {
            open.restore(context.get(Run.class));
        }
    }

    void end() {
        InputQuestion open = question;
        question = null;
        try {
            if (open != null) {
                open.close();
            }
            FlowNode node = context.get(FlowNode.class);
            if (node != null) {
                PauseAction.endCurrentPause(node);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "The end of a pause could not be written", e);
        }
    }
}

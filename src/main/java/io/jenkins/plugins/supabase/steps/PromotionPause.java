package io.jenkins.plugins.supabase.steps;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** What Jenkins draws as a pause, and does not count as work, while people decide. */
final class PromotionPause {
    private static final Logger LOGGER = Logger.getLogger(PromotionPause.class.getName());

    private PromotionPause() {}

    static void begin(StepContext context, String environment) throws IOException, InterruptedException {
        FlowNode node = context.get(FlowNode.class);
        if (node != null) {
            node.addAction(new PauseAction("Promotion to " + environment));
        }
    }

    static void end(StepContext context) {
        try {
            FlowNode node = context.get(FlowNode.class);
            if (node != null) {
                PauseAction.endCurrentPause(node);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The end of a pause could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

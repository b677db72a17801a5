package io.jenkins.plugins.supabase.approval;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/**
 * Has promotions listed, decided on and expire from the moment that Jenkins is up. Pipeline tells their steps that they
 * go on only when it has loaded the programs of all builds, one after the other, which takes many seconds for hundreds.
 */
@Extension
public final class WaitingAfterStart extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(WaitingAfterStart.class.getName());

    @Override
    public void onLoaded() {
        for (FlowExecution program : FlowExecutionList.get()) {
            try {
                if (program.getOwner().getExecutable() instanceof Run<?, ?> build) {
                    build.getActions(ApprovalPage.class).forEach(Approvals::of);
                }
            } catch (IOException | UncheckedIOException e) {
                LOGGER.log(Level.WARNING, "Whether a build waits for a decision is known once its program is loaded", e);
            }
        }
    }
}

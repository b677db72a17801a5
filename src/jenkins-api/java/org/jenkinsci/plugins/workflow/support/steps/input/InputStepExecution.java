package org.jenkinsci.plugins.workflow.support.steps.input;

import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

public class InputStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    InputStepExecution(StepContext context) {
        super(context);
    }

    public boolean isSettled() {
        return false;
    }

    @Override
    public boolean start() throws Exception {
        return false;
    }
}

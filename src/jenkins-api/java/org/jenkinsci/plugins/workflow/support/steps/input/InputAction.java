package org.jenkinsci.plugins.workflow.support.steps.input;

import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import jenkins.model.RunAction2;

public class InputAction implements RunAction2 {
    private final List<InputStepExecution> executions = new ArrayList<>();

    public synchronized void add(InputStepExecution step) throws IOException, InterruptedException, TimeoutException {
        executions.add(step);
    }

    public synchronized void remove(InputStepExecution exec)
            throws IOException, InterruptedException, TimeoutException {
        executions.remove(exec);
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "input";
    }

    @Override
    public void onAttached(Run<?, ?> r) {}

    @Override
    public void onLoad(Run<?, ?> r) {}
}

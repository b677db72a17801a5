package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.deploy.DeployOptions;
import io.jenkins.plugins.supabase.core.deploy.OnFailure;
import io.jenkins.plugins.supabase.core.deploy.Strategy;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import java.io.Serializable;

/**
 * How a Jenkinsfile wants a plan to be carried out. Kept with the step's execution.
 *
 * <p>No record, see {@link ReleaseArguments}.
 */
final class ApplyArguments implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String DEFAULT_ON_FAILURE = "rollback";
    static final String DEFAULT_STRATEGY = "direct";
    static final String DEFAULT_RESTORE_POINT = "none";

    boolean acceptDrift;
    boolean verify = true;
    private String onFailure = DEFAULT_ON_FAILURE;
    private String strategy = DEFAULT_STRATEGY;
    private String restorePoint = DEFAULT_RESTORE_POINT;

    String onFailure() {
        return onFailure;
    }

    void onFailure(String value) {
        String trimmed = Util.fixEmptyAndTrim(value);
        onFailure = trimmed == null ? DEFAULT_ON_FAILURE : trimmed;
    }

    String strategy() {
        return strategy;
    }

    void strategy(String value) {
        String trimmed = Util.fixEmptyAndTrim(value);
        strategy = trimmed == null ? DEFAULT_STRATEGY : trimmed;
    }

    String restorePoint() {
        return restorePoint;
    }

    void restorePoint(String value) {
        String trimmed = Util.fixEmptyAndTrim(value);
        restorePoint = trimmed == null ? DEFAULT_RESTORE_POINT : trimmed;
    }

    /**
     * @param step who was given them
     * @throws AbortException naming the first that is no word that it may be
     */
    DeployOptions options(String step) throws AbortException {
        return DeployOptions.DEFAULT
                .withAcceptDrift(acceptDrift)
                .withOnFailure(Choice.of(step, "onFailure", onFailure, OnFailure.class, StepArguments::word))
                .withStrategy(Choice.of(step, "strategy", strategy, Strategy.class, Strategy::word))
                .withRestorePoint(
                        Choice.of(step, "restorePoint", restorePoint, RestorePointRule.class, RestorePointRule::word));
    }

    static ListBoxModel onFailureItems() {
        ListBoxModel items = new ListBoxModel();
        items.add("put back what can be put back", "rollback");
        items.add("leave everything as it is", "stop");
        return items;
    }

    static ListBoxModel strategyItems() {
        ListBoxModel items = new ListBoxModel();
        items.add("in the place of those that run", "direct");
        items.add("beside those that run, switched when healthy", "blueGreen");
        return items;
    }

    static ListBoxModel restorePointItems() {
        ListBoxModel items = new ListBoxModel();
        items.add("none", "none");
        items.add("if Supabase makes one", "ifPossible");
        items.add("required: nothing is deployed without", "required");
        return items;
    }
}

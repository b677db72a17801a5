package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code promoteEnvironment from: 'staging', to: 'production'}: brings the release that runs in one environment to
 * another one, once the gate between them is open and people have approved.
 */
public class PromoteEnvironmentStep extends PlanningStep {
    static final String FUNCTION = "promoteEnvironment";
    private static final String DEFAULT_APPROVAL = "page";

    private final String from;
    private final ApplyArguments applying = new ApplyArguments();
    private AskedGate gate;
    private boolean emergency;
    private String approval = DEFAULT_APPROVAL;
    private String reason;

    @DataBoundConstructor
    public PromoteEnvironmentStep(String from, String to) {
        super(Util.fixEmptyAndTrim(to));
        this.from = Util.fixEmptyAndTrim(from);
    }

    public String getFrom() {
        return from;
    }

    public String getTo() {
        return arguments().environment;
    }

    /** @return null where nothing is asked on top of the administrators' gate */
    public AskedGate getGate() {
        return gate;
    }

    @DataBoundSetter
    public void setGate(AskedGate gate) {
        this.gate = gate;
    }

    public boolean isEmergency() {
        return emergency;
    }

    @DataBoundSetter
    public void setEmergency(boolean emergency) {
        this.emergency = emergency;
    }

    /** @return of the emergency; null for none */
    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    /** @return page or input */
    public String getApproval() {
        return approval;
    }

    @DataBoundSetter
    public void setApproval(String approval) {
        String trimmed = Util.fixEmptyAndTrim(approval);
        this.approval = trimmed == null ? DEFAULT_APPROVAL : trimmed;
    }

    /** @throws AbortException where it is none */
    final ApprovalWay approvalWay() throws AbortException {
        return Choice.of(FUNCTION, "approval", approval, ApprovalWay.class, StepArguments::word);
    }

    public boolean isAcceptDrift() {
        return applying.acceptDrift;
    }

    @DataBoundSetter
    public void setAcceptDrift(boolean acceptDrift) {
        applying.acceptDrift = acceptDrift;
    }

    /** @return rollback or stop */
    public String getOnFailure() {
        return applying.onFailure();
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        applying.onFailure(onFailure);
    }

    /** @return direct or blueGreen */
    public String getStrategy() {
        return applying.strategy();
    }

    @DataBoundSetter
    public void setStrategy(String strategy) {
        applying.strategy(strategy);
    }

    /** @return none, ifPossible or required */
    public String getRestorePoint() {
        return applying.restorePoint();
    }

    @DataBoundSetter
    public void setRestorePoint(String restorePoint) {
        applying.restorePoint(restorePoint);
    }

    public boolean isVerify() {
        return applying.verify;
    }

    @DataBoundSetter
    public void setVerify(boolean verify) {
        applying.verify = verify;
    }

    final ApplyArguments applying() {
        return applying;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, "from", from);
        StepArguments.requireEnvironment(FUNCTION, "to", getTo());
        if (emergency && reason == null) {
            throw new AbortException(FUNCTION + " was given emergency: true without a reason. Nothing was done. Say in"
                    + " reason: '…' why " + getTo() + " cannot wait; it is kept with the promotion.");
        }
        if (!emergency && reason != null) {
            throw new AbortException(FUNCTION + " was given a reason, which only an emergency has. Nothing was done. Leave"
                    + " it out, or add emergency: true.");
        }
        applying.options(FUNCTION);
        approvalWay();
        if (gate != null) {
            gate.toRules();
        }
        return new PromoteEnvironmentExecution(this, context);
    }

    @Extension
    public static class DescriptorImpl extends PlanningStepDescriptor {
        public static final String defaultApproval = DEFAULT_APPROVAL;
        public static final String defaultOnFailure = ApplyArguments.DEFAULT_ON_FAILURE;
        public static final String defaultStrategy = ApplyArguments.DEFAULT_STRATEGY;
        public static final String defaultRestorePoint = ApplyArguments.DEFAULT_RESTORE_POINT;
        public static final boolean defaultVerify = true;

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Promote a release from one Supabase environment to another";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public ListBoxModel doFillFromItems(@AncestorInPath Item item) {
            return doFillEnvironmentItems(item);
        }

        @POST
        public ListBoxModel doFillToItems(@AncestorInPath Item item) {
            return doFillEnvironmentItems(item);
        }

        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            return doCheckEnvironment(item, value);
        }

        @POST
        public FormValidation doCheckTo(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String from) {
            return value != null && value.equals(from)
                    ? FormValidation.error("A release cannot be promoted to where it runs.")
                    : doCheckEnvironment(item, value);
        }

        @POST
        public FormValidation doCheckReason(@QueryParameter String value, @QueryParameter boolean emergency) {
            return emergency && Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error("An emergency needs a reason.")
                    : FormValidation.ok();
        }

        @POST
        public ListBoxModel doFillApprovalItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("on a page of the build", "page");
            items.add("there, and by a question of the input step", "input");
            return items;
        }

        @POST
        public ListBoxModel doFillOnFailureItems() {
            return ApplyArguments.onFailureItems();
        }

        @POST
        public ListBoxModel doFillStrategyItems() {
            return ApplyArguments.strategyItems();
        }

        @POST
        public ListBoxModel doFillRestorePointItems() {
            return ApplyArguments.restorePointItems();
        }
    }
}

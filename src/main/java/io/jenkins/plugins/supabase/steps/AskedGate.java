package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.operation.Durations;
import io.jenkins.plugins.supabase.config.Names;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
import io.jenkins.plugins.supabase.core.promotion.Quorum;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a Jenkinsfile asks on top of the administrators' gate: {@code gate: [approvals: 2, soak: '24h']}. */
public class AskedGate extends AbstractDescribableImpl<AskedGate> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String FUNCTION = "promoteEnvironment";

    private int approvals;
    private ArrayList<String> approvers = new ArrayList<>();
    private ArrayList<String> oneFromEach = new ArrayList<>();
    private String soak;
    private boolean sourceHealthy;
    private String backupMaxAge;
    private boolean noDrift;
    private String maxSeverity;
    private String expiry;

    @DataBoundConstructor
    public AskedGate() {
        // Asks nothing until it is told to.
    }

    public int getApprovals() {
        return approvals;
    }

    @DataBoundSetter
    public void setApprovals(int approvals) {
        this.approvals = approvals;
    }

    /** @return ids of users and names of groups */
    public List<String> getApprovers() {
        return List.copyOf(approvers);
    }

    @DataBoundSetter
    public void setApprovers(List<String> approvers) {
        ArrayList<String> names = Names.of(approvers);
        this.approvers = names == null ? new ArrayList<>() : names;
    }

    public String getApproversText() {
        return Names.text(approvers);
    }

    /** @return names of groups */
    public List<String> getOneFromEach() {
        return List.copyOf(oneFromEach);
    }

    @DataBoundSetter
    public void setOneFromEach(List<String> oneFromEach) {
        ArrayList<String> names = Names.of(oneFromEach);
        this.oneFromEach = names == null ? new ArrayList<>() : names;
    }

    public String getOneFromEachText() {
        return Names.text(oneFromEach);
    }

    /** @return such as {@code 24h}; null for none */
    public String getSoak() {
        return soak;
    }

    @DataBoundSetter
    public void setSoak(String soak) {
        this.soak = Util.fixEmptyAndTrim(soak);
    }

    public boolean isSourceHealthy() {
        return sourceHealthy;
    }

    @DataBoundSetter
    public void setSourceHealthy(boolean sourceHealthy) {
        this.sourceHealthy = sourceHealthy;
    }

    /** @return such as {@code 24h}; null where it does not matter */
    public String getBackupMaxAge() {
        return backupMaxAge;
    }

    @DataBoundSetter
    public void setBackupMaxAge(String backupMaxAge) {
        this.backupMaxAge = Util.fixEmptyAndTrim(backupMaxAge);
    }

    public boolean isNoDrift() {
        return noDrift;
    }

    @DataBoundSetter
    public void setNoDrift(boolean noDrift) {
        this.noDrift = noDrift;
    }

    /** @return info, warning or danger; null where it does not matter */
    public String getMaxSeverity() {
        return maxSeverity;
    }

    @DataBoundSetter
    public void setMaxSeverity(String maxSeverity) {
        this.maxSeverity = Util.fixEmptyAndTrim(maxSeverity);
    }

    /** @return such as {@code 3d}; null for the gate's own */
    public String getExpiry() {
        return expiry;
    }

    @DataBoundSetter
    public void setExpiry(String expiry) {
        this.expiry = Util.fixEmptyAndTrim(expiry);
    }

    /**
     * @return as the core takes it together with the administrators' rules
     * @throws AbortException naming the first that is not what it must be
     */
    GateRules toRules() throws AbortException {
        GateRules rules = GateRules.NONE
                .withSoak(duration("soak", soak))
                .withSourceHealthy(sourceHealthy)
                .withBackupMaxAge(duration("backupMaxAge", backupMaxAge))
                .withNoDrift(noDrift)
                .withMaxSeverity(
                        maxSeverity == null
                                ? null
                                : Choice.of(FUNCTION, "gate.maxSeverity", maxSeverity, Severity.class, StepArguments::word))
                .withExpiry(duration("expiry", expiry));
        if (approvals < 0) {
            throw new AbortException(FUNCTION + " was given gate.approvals: " + approvals + ", but it must be 0 or more."
                    + " Nothing was done.");
        }
        return approvals == 0 && oneFromEach.isEmpty()
                ? rules
                : rules.withQuorum(new Quorum(approvals, approvers, oneFromEach));
    }

    private static Duration duration(String name, String text) throws AbortException {
        try {
            return text == null ? null : Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new AbortException(FUNCTION + " was given a gate." + name + " that it cannot use: " + e.getMessage()
                    + " Nothing was done.");
        }
    }

    @Extension
    public static class DescriptorImpl extends Descriptor<AskedGate> {
        @Override
        public String getDisplayName() {
            return "Asked on top of the gate";
        }

        @POST
        public FormValidation doCheckSoak(@QueryParameter String value) {
            return check(value);
        }

        @POST
        public FormValidation doCheckBackupMaxAge(@QueryParameter String value) {
            return check(value);
        }

        @POST
        public FormValidation doCheckExpiry(@QueryParameter String value) {
            return check(value);
        }

        private static FormValidation check(String value) {
            try {
                if (Util.fixEmptyAndTrim(value) != null) {
                    Durations.parse(value);
                }
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillMaxSeverityItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("any", "");
            items.add("no warning and no danger", "info");
            items.add("no danger", "warning");
            return items;
        }
    }
}

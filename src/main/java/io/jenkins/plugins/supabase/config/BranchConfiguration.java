package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.promotion.BranchRule;
import io.jenkins.plugins.supabase.core.promotion.Quorum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A branch whose releases may be promoted, and what is asked of them instead of what the gate asks. */
public class BranchConfiguration extends AbstractDescribableImpl<BranchConfiguration> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String pattern;
    /** A text, as a form has no number that is left out. */
    private String approvals;

    private ArrayList<String> approvers;
    private String soak;
    private boolean ignoreSourceHealth;

    @DataBoundConstructor
    public BranchConfiguration(String pattern) {
        this.pattern = Util.fixEmptyAndTrim(pattern);
    }

    /** @return such as {@code main} or {@code hotfix/*} */
    public String getPattern() {
        return pattern;
    }

    /** @return a number; null for that of the gate */
    public String getApprovals() {
        return approvals;
    }

    @DataBoundSetter
    public void setApprovals(String approvals) {
        this.approvals = Util.fixEmptyAndTrim(approvals);
    }

    /** @return users and groups; null for those of the gate */
    public List<String> getApprovers() {
        return approvers;
    }

    @DataBoundSetter
    public void setApprovers(List<String> approvers) {
        this.approvers = Names.withSpaces(approvers);
    }

    public String getApproversText() {
        return Names.text(approvers);
    }

    /** @return such as {@code 24h}, {@code 0s} for none; null for that of the gate */
    public String getSoak() {
        return soak;
    }

    @DataBoundSetter
    public void setSoak(String soak) {
        this.soak = Util.fixEmptyAndTrim(soak);
    }

    public boolean isIgnoreSourceHealth() {
        return ignoreSourceHealth;
    }

    @DataBoundSetter
    public void setIgnoreSourceHealth(boolean ignoreSourceHealth) {
        this.ignoreSourceHealth = ignoreSourceHealth;
    }

    List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        if (pattern == null) {
            problems.add(new SettingProblem("pattern", "It is missing. Name a branch, or a pattern as in hotfix/*."));
        }
        if (approvals != null && !approvals.matches("\\d{1,3}")) {
            problems.add(new SettingProblem(
                    "approvals", "\"" + approvals + "\" is no number of people. Write 0 or more, or leave it empty."));
        }
        GateDemands.checkDuration("soak", soak, problems);
        return problems;
    }

    /** @param gate who must approve where the branch says nothing else */
    BranchRule toRule(Quorum gate) {
        List<Quorum> own = approvals == null && approvers == null
                ? null
                : List.of(new Quorum(
                        approvals == null ? gate.people() : Integer.parseInt(approvals),
                        approvers == null ? gate.names() : approvers,
                        List.of()));
        return new BranchRule(
                List.of(pattern), own, GateDemands.duration(soak), ignoreSourceHealth ? Boolean.FALSE : null);
    }

    @Extension
    @Symbol("supabaseGateBranch")
    public static class DescriptorImpl extends Descriptor<BranchConfiguration> {
        @Override
        public String getDisplayName() {
            return "Branch";
        }

        @POST
        public FormValidation doCheckPattern(@QueryParameter String value) {
            return AdministratorForm.check("pattern", new BranchConfiguration(value)::problems);
        }

        @POST
        public FormValidation doCheckApprovals(@QueryParameter String value) {
            BranchConfiguration typed = new BranchConfiguration("main");
            typed.setApprovals(value);
            return AdministratorForm.check("approvals", typed::problems);
        }

        @POST
        public FormValidation doCheckSoak(@QueryParameter String value) {
            BranchConfiguration typed = new BranchConfiguration("main");
            typed.setSoak(value);
            return AdministratorForm.check("soak", typed::problems);
        }
    }
}

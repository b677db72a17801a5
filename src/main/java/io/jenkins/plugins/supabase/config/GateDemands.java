package io.jenkins.plugins.supabase.config;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.operation.Durations;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.promotion.GateRules;
import io.jenkins.plugins.supabase.core.promotion.Quorum;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What administrators and Jenkinsfiles both can ask of a promotion.
 *
 * @param <T> the class that asks
 */
public abstract class GateDemands<T extends GateDemands<T>> extends AbstractDescribableImpl<T>
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> SEVERITIES = Arrays.stream(Severity.values())
            .map(severity -> severity.name().toLowerCase(Locale.ROOT))
            .toList();

    private static final String NEVER = "never";
    static final String LEAVE_OUT = "leave it out where none is asked for";
    private static final String SAY_NEVER = "write never where it shall wait for ever";

    private int approvals;
    private ArrayList<String> approvers;
    private ArrayList<String> oneFromEach;
    private String soak;
    private boolean sourceHealthy;
    private String backupMaxAge;
    private boolean noDrift;
    private String maxSeverity;
    private String expiry;

    /** @param approvals where nobody says another number */
    protected GateDemands(int approvals) {
        this.approvals = approvals;
    }

    /** @return where nobody says another one; null for none */
    protected abstract String defaultExpiry();

    public final int getApprovals() {
        return approvals;
    }

    @DataBoundSetter
    public final void setApprovals(int approvals) {
        this.approvals = approvals;
    }

    /** @return users and groups; null for none */
    public final List<String> getApprovers() {
        return approvers;
    }

    @DataBoundSetter
    public final void setApprovers(List<String> approvers) {
        this.approvers = Names.withSpaces(approvers);
    }

    public final String getApproversText() {
        return Names.text(approvers);
    }

    /** @return groups; null for none */
    public final List<String> getOneFromEach() {
        return oneFromEach;
    }

    @DataBoundSetter
    public final void setOneFromEach(List<String> oneFromEach) {
        this.oneFromEach = Names.withSpaces(oneFromEach);
    }

    public final String getOneFromEachText() {
        return Names.text(oneFromEach);
    }

    /** @return such as {@code 24h}; null for none */
    public final String getSoak() {
        return soak;
    }

    @DataBoundSetter
    public final void setSoak(String soak) {
        this.soak = Util.fixEmptyAndTrim(soak);
    }

    public final boolean isSourceHealthy() {
        return sourceHealthy;
    }

    @DataBoundSetter
    public final void setSourceHealthy(boolean sourceHealthy) {
        this.sourceHealthy = sourceHealthy;
    }

    /** @return such as {@code 24h}; null where none is asked for */
    public final String getBackupMaxAge() {
        return backupMaxAge;
    }

    @DataBoundSetter
    public final void setBackupMaxAge(String backupMaxAge) {
        this.backupMaxAge = Util.fixEmptyAndTrim(backupMaxAge);
    }

    public final boolean isNoDrift() {
        return noDrift;
    }

    @DataBoundSetter
    public final void setNoDrift(boolean noDrift) {
        this.noDrift = noDrift;
    }

    /** @return info, warning or danger; null where no findings are refused */
    public final String getMaxSeverity() {
        return maxSeverity;
    }

    @DataBoundSetter
    public final void setMaxSeverity(String maxSeverity) {
        this.maxSeverity = Util.fixEmptyAndTrim(maxSeverity);
    }

    /** @return such as {@code 3d}, or {@code never}; null where that is not said */
    public final String getExpiry() {
        return expiry == null ? defaultExpiry() : expiry;
    }

    @DataBoundSetter
    public final void setExpiry(String expiry) {
        String said = Util.fixEmptyAndTrim(expiry);
        // The form shows the default and sends it back: whoever saves without a change changes nothing.
        this.expiry = said == null || said.equals(defaultExpiry()) ? null : said;
    }

    /** @return everything that is wrong; empty when it can be used */
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        if (approvals < 0) {
            problems.add(new SettingProblem("approvals", approvals + " is no number of people. Write 0 or more."));
        }
        checkSpan("soak", soak, LEAVE_OUT, problems);
        checkSpan("backupMaxAge", backupMaxAge, LEAVE_OUT, problems);
        if (!NEVER.equals(expiry)) {
            checkSpan("expiry", expiry, SAY_NEVER, problems);
        }
        if (maxSeverity != null && !SEVERITIES.contains(maxSeverity)) {
            problems.add(new SettingProblem("maxSeverity", "\"" + maxSeverity + "\" is none of "
                    + String.join(", ", SEVERITIES) + "." + NearestName.hint(maxSeverity, SEVERITIES)));
        }
        return problems;
    }

    static void checkDuration(String field, String text, List<SettingProblem> problems) {
        try {
            duration(text);
        } catch (IllegalArgumentException e) {
            problems.add(new SettingProblem(field, e.getMessage()));
        }
    }

    /**
     * A zero is taken for a mistake: it would be a check that nothing can fail, or one that nothing can pass.
     *
     * @param instead what to do where no limit is meant
     */
    static void checkSpan(String field, String text, String instead, List<SettingProblem> problems) {
        checkDuration(field, text, problems);
        if (problems.stream().noneMatch(problem -> problem.field().equals(field))
                && Duration.ZERO.equals(duration(text))) {
            problems.add(new SettingProblem(
                    field, "\"" + text + "\" is no time at all. Write a duration of at least 1s; " + instead + "."));
        }
    }

    static Duration duration(String text) {
        return text == null ? null : Durations.parse(text);
    }

    static List<String> orNone(List<String> names) {
        return names == null ? List.of() : names;
    }

    /**
     * @param base on top of which it asks
     * @throws IllegalArgumentException where there are problems
     */
    protected final GateRules onTopOf(GateRules base) {
        List<String> people = orNone(approvers);
        List<String> groups = orNone(oneFromEach);
        GateRules rules = base.withSoak(duration(soak))
                .withSourceHealthy(sourceHealthy)
                .withBackupMaxAge(duration(backupMaxAge))
                .withNoDrift(noDrift)
                .withMaxSeverity(maxSeverity == null ? null : Severity.valueOf(maxSeverity.toUpperCase(Locale.ROOT)))
                .withExpiry(NEVER.equals(getExpiry()) ? null : duration(getExpiry()));
        return approvals == 0 && groups.isEmpty()
                ? rules.withQuorums(List.of())
                : rules.withQuorum(new Quorum(approvals, people, groups));
    }

    /**
     * What the forms have in common.
     *
     * @param <T> the class that asks
     */
    public abstract static class GateDemandsDescriptor<T extends GateDemands<T>> extends Descriptor<T> {
        @POST
        public FormValidation doCheckSoak(@QueryParameter String value) {
            return checkSpan(value, LEAVE_OUT);
        }

        @POST
        public FormValidation doCheckBackupMaxAge(@QueryParameter String value) {
            return checkSpan(value, LEAVE_OUT);
        }

        @POST
        public FormValidation doCheckExpiry(@QueryParameter String value) {
            return NEVER.equals(Util.fixEmptyAndTrim(value)) ? FormValidation.ok() : checkSpan(value, SAY_NEVER);
        }

        /** @return an error where it is no duration, or none of any length; nothing is fine */
        private static FormValidation checkSpan(String value, String instead) {
            List<SettingProblem> problems = new ArrayList<>();
            GateDemands.checkSpan("", Util.fixEmptyAndTrim(value), instead, problems);
            return problems.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.error(problems.get(0).message());
        }

        @POST
        public ListBoxModel doFillMaxSeverityItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("may be in the plan", "");
            items.add("must be no worse than a hint", "info");
            items.add("must be no worse than a warning", "warning");
            items.add("of any severity, but looked for", "danger");
            return items;
        }
    }
}

package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.promotion.Freeze;
import io.jenkins.plugins.supabase.core.promotion.FreezeSettings;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** When nothing is promoted: with days, every week; without, once. */
public class FreezeConfiguration extends AbstractDescribableImpl<FreezeConfiguration> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private String days;
    private String from;
    private String to;
    private String until;
    private String zone;

    @DataBoundConstructor
    public FreezeConfiguration(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    public String getReason() {
        return reason;
    }

    /** @return such as {@code friday} or {@code monday-friday}; null for a freeze that comes once */
    public String getDays() {
        return days;
    }

    @DataBoundSetter
    public void setDays(String days) {
        this.days = Util.fixEmptyAndTrim(days);
    }

    /** @return such as {@code 18:00}, or {@code 2026-12-20 18:00} */
    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    /** @return the day of the week on which it ends; null for the same or the next one */
    public String getUntil() {
        return until;
    }

    @DataBoundSetter
    public void setUntil(String until) {
        this.until = Util.fixEmptyAndTrim(until);
    }

    /** @return such as {@code Europe/Berlin} */
    public String getZone() {
        return zone;
    }

    @DataBoundSetter
    public void setZone(String zone) {
        this.zone = Util.fixEmptyAndTrim(zone);
    }

    private FreezeSettings settings() {
        return new FreezeSettings(days, from, to, until, zone, reason);
    }

    List<SettingProblem> problems() {
        return settings().problems();
    }

    Freeze toFreeze() {
        return settings().toFreeze();
    }

    @Extension
    @Symbol("supabaseFreeze")
    public static class DescriptorImpl extends Descriptor<FreezeConfiguration> {
        @Override
        public String getDisplayName() {
            return "Freeze";
        }

        @POST
        public FormValidation doCheckReason(@QueryParameter String value) {
            return check("reason", new FreezeSettings(null, null, null, null, null, value));
        }

        @POST
        public FormValidation doCheckZone(@QueryParameter String value) {
            return check("zone", new FreezeSettings(null, null, null, null, value, "-"));
        }

        /** Each of the times is what it is by the others, so they are looked at together. */
        @POST
        public FormValidation doCheckTo(
                @QueryParameter String value,
                @QueryParameter String days,
                @QueryParameter String from,
                @QueryParameter String until) {
            List<SettingProblem> problems = new FreezeSettings(days, from, value, until, "UTC", "-").problems();
            return problems.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.error(
                            problems.get(0).field() + ": " + problems.get(0).message());
        }

        private static FormValidation check(String field, FreezeSettings settings) {
            return AdministratorForm.check(field, settings::problems);
        }
    }
}

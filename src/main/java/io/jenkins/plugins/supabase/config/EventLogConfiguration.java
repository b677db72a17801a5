package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.environment.HttpUrlRule;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where the events of all audit chains are written besides, a line of JSON each. */
public class EventLogConfiguration extends AbstractDescribableImpl<EventLogConfiguration> {
    private boolean file;
    private String webhookUrl;
    private String webhookCredentialsId;
    private String otlpEndpoint;
    private String otlpHeadersCredentialsId;

    @DataBoundConstructor
    public EventLogConfiguration() {}

    void validate() {
        problems().stream().findFirst().ifPresent(problem -> {
            throw new IllegalArgumentException("The event log is not usable: " + problem.describe());
        });
    }

    List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        checkUrl("webhookUrl", webhookUrl, problems);
        checkUrl("otlpEndpoint", otlpEndpoint, problems);
        return problems;
    }

    private static void checkUrl(String field, String url, List<SettingProblem> problems) {
        String problem = url == null ? null : HttpUrlRule.problem(url);
        if (problem != null) {
            problems.add(new SettingProblem(field, problem));
        }
    }

    /** @return whether to write a file below {@code logs} in Jenkins' home directory */
    public boolean isFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(boolean file) {
        this.file = file;
    }

    /** @return where lines are posted to; null for nowhere */
    public String getWebhookUrl() {
        return webhookUrl;
    }

    @DataBoundSetter
    public void setWebhookUrl(String webhookUrl) {
        this.webhookUrl = Util.fixEmptyAndTrim(webhookUrl);
    }

    /** @return of a secret text that is sent as a bearer token; null for none */
    public String getWebhookCredentialsId() {
        return webhookCredentialsId;
    }

    @DataBoundSetter
    public void setWebhookCredentialsId(String webhookCredentialsId) {
        this.webhookCredentialsId = Util.fixEmptyAndTrim(webhookCredentialsId);
    }

    /** @return where OTLP logs are posted to, with its path; null for nowhere */
    public String getOtlpEndpoint() {
        return otlpEndpoint;
    }

    @DataBoundSetter
    public void setOtlpEndpoint(String otlpEndpoint) {
        this.otlpEndpoint = Util.fixEmptyAndTrim(otlpEndpoint);
    }

    /** @return of a secret text with headers, such as {@code Authorization=Bearer%20abc}; null for none */
    public String getOtlpHeadersCredentialsId() {
        return otlpHeadersCredentialsId;
    }

    @DataBoundSetter
    public void setOtlpHeadersCredentialsId(String otlpHeadersCredentialsId) {
        this.otlpHeadersCredentialsId = Util.fixEmptyAndTrim(otlpHeadersCredentialsId);
    }

    @Extension
    @Symbol("supabaseEventLog")
    public static class DescriptorImpl extends Descriptor<EventLogConfiguration> {
        @Override
        public String getDisplayName() {
            return "Event log";
        }

        @POST
        public FormValidation doCheckWebhookUrl(@QueryParameter String value) {
            EventLogConfiguration typed = new EventLogConfiguration();
            typed.setWebhookUrl(value);
            return AdministratorForm.check("webhookUrl", typed::problems);
        }

        @POST
        public FormValidation doCheckOtlpEndpoint(@QueryParameter String value) {
            EventLogConfiguration typed = new EventLogConfiguration();
            typed.setOtlpEndpoint(value);
            return AdministratorForm.check("otlpEndpoint", typed::problems);
        }

        @POST
        public ListBoxModel doFillOtlpHeadersCredentialsIdItems(@QueryParameter String otlpHeadersCredentialsId) {
            return AdministratorForm.credentials(StringCredentials.class, otlpHeadersCredentialsId);
        }

        @POST
        public ListBoxModel doFillWebhookCredentialsIdItems(@QueryParameter String webhookCredentialsId) {
            return AdministratorForm.credentials(StringCredentials.class, webhookCredentialsId);
        }
    }
}

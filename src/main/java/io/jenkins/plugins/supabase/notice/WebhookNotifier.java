package io.jenkins.plugins.supabase.notice;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.AdministratorForm;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.webhook.Webhook;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Posts notices as JSON to an address: a chat's incoming webhook, or a program of one's own. */
public class WebhookNotifier extends GateNotifier {
    private static final String OWNER = "The webhook for notices about gates";

    private final String urlCredentialsId;
    private String tokenCredentialsId;

    @DataBoundConstructor
    public WebhookNotifier(String urlCredentialsId) {
        this.urlCredentialsId = Util.fixEmptyAndTrim(urlCredentialsId);
    }

    @Override
    public void send(GateNotice notice) throws IOException {
        CredentialLookup lookup = new CredentialLookup(CredentialSource.ofController());
        new Webhook(
                        OWNER,
                        lookup.text(OWNER, "urlCredentialsId", urlCredentialsId).reveal(),
                        lookup.text(OWNER, "tokenCredentialsId", tokenCredentialsId),
                        ControllerProxy.settings())
                .post("application/json", NoticeJson.of(notice));
    }

    @Override
    public List<SettingProblem> problems() {
        return urlCredentialsId != null
                ? List.of()
                : List.of(new SettingProblem(
                        "urlCredentialsId",
                        "Name a credential of the kind \"Secret text\" that holds the address to post to."));
    }

    /** @return of a secret text that is the address; whoever knows that of a chat can write to it */
    public String getUrlCredentialsId() {
        return urlCredentialsId;
    }

    /** @return of a secret text that is sent as a bearer token; null for none */
    public String getTokenCredentialsId() {
        return tokenCredentialsId;
    }

    @DataBoundSetter
    public void setTokenCredentialsId(String tokenCredentialsId) {
        this.tokenCredentialsId = Util.fixEmptyAndTrim(tokenCredentialsId);
    }

    @Extension
    @Symbol("webhook")
    public static class DescriptorImpl extends Descriptor<GateNotifier> {
        @Override
        public String getDisplayName() {
            return "Webhook";
        }

        @POST
        public FormValidation doCheckUrlCredentialsId(@QueryParameter String value) {
            return AdministratorForm.check("urlCredentialsId", new WebhookNotifier(value)::problems);
        }

        @POST
        public ListBoxModel doFillUrlCredentialsIdItems(@QueryParameter String urlCredentialsId) {
            return AdministratorForm.credentials(StringCredentials.class, urlCredentialsId);
        }

        @POST
        public ListBoxModel doFillTokenCredentialsIdItems(@QueryParameter String tokenCredentialsId) {
            return AdministratorForm.credentials(StringCredentials.class, tokenCredentialsId);
        }

        @POST
        public FormValidation doTestNotice(
                @QueryParameter String urlCredentialsId, @QueryParameter String tokenCredentialsId) {
            WebhookNotifier typed = new WebhookNotifier(urlCredentialsId);
            typed.setTokenCredentialsId(tokenCredentialsId);
            return TestNotice.send(typed);
        }
    }
}

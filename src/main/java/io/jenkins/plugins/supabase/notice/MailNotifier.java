package io.jenkins.plugins.supabase.notice;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.AdministratorForm;
import io.jenkins.plugins.supabase.config.Names;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Sends notices by mail, where Jenkins has the plugin Mailer. */
public class MailNotifier extends GateNotifier {
    private static final Pattern ADDRESS = Pattern.compile("[^@<>]+@[^@<>]+");

    private ArrayList<String> recipients;

    @DataBoundConstructor
    public MailNotifier() {
        // Whom it goes to is set afterwards.
    }

    @Override
    public void send(GateNotice notice) throws IOException {
        Mail.send(Names.text(recipients), "[Supabase] " + notice.title(), notice.title() + "\n\n" + notice.details() + "\n");
    }

    @Override
    public List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        if (!Mail.isThere()) {
            problems.add(new SettingProblem(
                    "recipients", "Jenkins has no mail: install the plugin Mailer, or choose another notifier."));
        }
        if (getRecipients().isEmpty()) {
            problems.add(new SettingProblem("recipients", "Say whom it goes to, such as release-managers@example.com."));
        }
        for (String address : getRecipients()) {
            if (!ADDRESS.matcher(address).matches()) {
                problems.add(new SettingProblem(
                        "recipients",
                        "\"" + address + "\" is no mail address. Write it as in release-managers@example.com."));
            }
        }
        return problems;
    }

    /** @return mail addresses */
    public List<String> getRecipients() {
        return recipients == null ? List.of() : List.copyOf(recipients);
    }

    @DataBoundSetter
    public void setRecipients(List<String> recipients) {
        this.recipients = Names.of(recipients);
    }

    public String getRecipientsText() {
        return Names.text(recipients);
    }

    @Extension
    @Symbol("mail")
    public static class DescriptorImpl extends Descriptor<GateNotifier> {
        @Override
        public String getDisplayName() {
            return "Mail";
        }

        @POST
        public FormValidation doCheckRecipients(@QueryParameter String value) {
            return AdministratorForm.check("recipients", typed(value)::problems);
        }

        @POST
        public FormValidation doTestNotice(@QueryParameter String recipients) {
            return TestNotice.send(typed(recipients));
        }

        private static MailNotifier typed(String recipients) {
            MailNotifier typed = new MailNotifier();
            typed.setRecipients(recipients == null ? null : List.of(recipients));
            return typed;
        }
    }
}

package io.jenkins.plugins.supabase.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import io.jenkins.plugins.supabase.core.backup.mask.Masks;
import io.jenkins.plugins.supabase.core.backup.retention.RetentionPolicy;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How one environment is backed up, as an administrator configured it; secret keys are named, not held. */
public class BackupConfiguration extends AbstractDescribableImpl<BackupConfiguration> {
    private ArrayList<String> recipients;
    private String signingKeyCredentialsId;
    private String verificationKey;
    private String identityCredentialsId;
    private ArrayList<String> destinations;
    private int minDestinations = DescriptorImpl.defaultMinDestinations;
    private String keep;
    private String rpo;
    private String rto;
    private String masks;

    @DataBoundConstructor
    public BackupConfiguration() {}

    /** @return everything that is wrong; whether credentials and destinations exist is seen by who uses them */
    List<SettingProblem> problems() {
        List<SettingProblem> problems = new ArrayList<>();
        try {
            GateDemands.orNone(recipients).forEach(AgeRecipient::parse);
        } catch (DeliveryException e) {
            problems.add(new SettingProblem("recipients", e.getMessage()));
        }
        try {
            if (verificationKey != null) {
                VerificationKey.parse(verificationKey);
            }
        } catch (DeliveryException e) {
            problems.add(new SettingProblem("verificationKey", e.getMessage()));
        }
        if (minDestinations < 1 || destinations != null && minDestinations > destinations.size()) {
            problems.add(new SettingProblem("minDestinations", minDestinations + " is no number of destinations that"
                    + " a backup"
                    + " can be in. Write 1 or more, and no more than are named."));
        }
        try {
            if (keep != null) {
                RetentionPolicy.parse(keep);
            }
        } catch (DeliveryException e) {
            problems.add(new SettingProblem("keep", e.getMessage()));
        }
        GateDemands.checkSpan("rpo", rpo, GateDemands.LEAVE_OUT, problems);
        GateDemands.checkSpan("rto", rto, GateDemands.LEAVE_OUT, problems);
        try {
            demandedMasks();
        } catch (DeliveryException e) {
            problems.add(new SettingProblem("masks", e.getMessage()));
        }
        return problems;
    }

    /** @return lines of {@link AgeRecipient#parse}; null for none, and then no backup can be made */
    public List<String> getRecipients() {
        return recipients;
    }

    @DataBoundSetter
    public void setRecipients(List<String> recipients) {
        this.recipients = Names.lines(recipients);
    }

    public String getRecipientsText() {
        return recipients == null ? "" : String.join("\n", recipients);
    }

    public String getSigningKeyCredentialsId() {
        return signingKeyCredentialsId;
    }

    @DataBoundSetter
    public void setSigningKeyCredentialsId(String signingKeyCredentialsId) {
        this.signingKeyCredentialsId = Util.fixEmptyAndTrim(signingKeyCredentialsId);
    }

    /** @return PEM; it is no secret */
    public String getVerificationKey() {
        return verificationKey;
    }

    @DataBoundSetter
    public void setVerificationKey(String verificationKey) {
        this.verificationKey = Util.fixEmptyAndTrim(verificationKey);
    }

    public String getIdentityCredentialsId() {
        return identityCredentialsId;
    }

    @DataBoundSetter
    public void setIdentityCredentialsId(String identityCredentialsId) {
        this.identityCredentialsId = Util.fixEmptyAndTrim(identityCredentialsId);
    }

    /** @return names; null for all that are configured */
    public List<String> getDestinations() {
        return destinations;
    }

    @DataBoundSetter
    public void setDestinations(List<String> destinations) {
        this.destinations = Names.of(destinations);
    }

    public String getDestinationsText() {
        return Names.text(destinations);
    }

    public int getMinDestinations() {
        return minDestinations;
    }

    @DataBoundSetter
    public void setMinDestinations(int minDestinations) {
        this.minDestinations = minDestinations;
    }

    /** @return rules of retention, which no Jenkinsfile can replace then; null to leave them to Jenkinsfiles */
    public String getKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(String keep) {
        this.keep = Util.fixEmptyAndTrim(keep);
    }

    /** @return such as {@code 24h}; null for no objective */
    public String getRpo() {
        return rpo;
    }

    @DataBoundSetter
    public void setRpo(String rpo) {
        this.rpo = Util.fixEmptyAndTrim(rpo);
    }

    /** @return such as {@code 1h}; null for no objective */
    public String getRto() {
        return rto;
    }

    @DataBoundSetter
    public void setRto(String rto) {
        this.rto = Util.fixEmptyAndTrim(rto);
    }

    /** @return one column a line, such as {@code auth.users.email: hash}; null for none */
    public String getMasks() {
        return masks;
    }

    @DataBoundSetter
    public void setMasks(String masks) {
        this.masks = Util.fixEmptyAndTrim(masks);
    }

    /**
     * @return how columns are masked wherever else than to this environment's own server a backup goes
     * @throws DeliveryException naming the first line that is no rule
     */
    public Masks demandedMasks() {
        return masks == null ? Masks.NONE : Masks.parse(masks);
    }

    /** @return how old the newest verified backup may be; null where nobody said */
    public Duration rpoObjective() {
        return GateDemands.duration(rpo);
    }

    /** @return how long a restore may take; null where nobody said */
    public Duration rtoObjective() {
        return GateDemands.duration(rto);
    }

    @Extension
    @Symbol("supabaseBackup")
    public static class DescriptorImpl extends Descriptor<BackupConfiguration> {
        public static final int defaultMinDestinations = 1;

        @Override
        public String getDisplayName() {
            return "Backups";
        }

        @POST
        public FormValidation doCheckRecipients(@QueryParameter String value) {
            BackupConfiguration typed = new BackupConfiguration();
            typed.setRecipients(value == null ? null : List.of(value));
            return AdministratorForm.check("recipients", typed::problems);
        }

        @POST
        public FormValidation doCheckVerificationKey(@QueryParameter String value) {
            BackupConfiguration typed = new BackupConfiguration();
            typed.setVerificationKey(value);
            return AdministratorForm.check("verificationKey", typed::problems);
        }

        @POST
        public FormValidation doCheckMinDestinations(@QueryParameter int value) {
            BackupConfiguration typed = new BackupConfiguration();
            typed.setMinDestinations(value);
            return AdministratorForm.check("minDestinations", typed::problems);
        }

        @POST
        public FormValidation doCheckKeep(@QueryParameter String value) {
            BackupConfiguration typed = new BackupConfiguration();
            typed.setKeep(value);
            return AdministratorForm.check("keep", typed::problems);
        }

        @POST
        public FormValidation doCheckRpo(@QueryParameter String value) {
            BackupConfiguration typed = new BackupConfiguration();
            typed.setRpo(value);
            return AdministratorForm.check("rpo", typed::problems);
        }

        @POST
        public FormValidation doCheckRto(@QueryParameter String value) {
            BackupConfiguration typed = new BackupConfiguration();
            typed.setRto(value);
            return AdministratorForm.check("rto", typed::problems);
        }

        @POST
        public FormValidation doCheckMasks(@QueryParameter String value) {
            BackupConfiguration typed = new BackupConfiguration();
            typed.setMasks(value);
            return AdministratorForm.check("masks", typed::problems);
        }

        @POST
        public ListBoxModel doFillSigningKeyCredentialsIdItems(@QueryParameter String signingKeyCredentialsId) {
            return AdministratorForm.credentials(StringCredentials.class, signingKeyCredentialsId);
        }

        @POST
        public ListBoxModel doFillIdentityCredentialsIdItems(@QueryParameter String identityCredentialsId) {
            return AdministratorForm.credentials(StringCredentials.class, identityCredentialsId);
        }
    }
}

package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Names;
import io.jenkins.plugins.supabase.core.backup.BackupOperation;
import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupScope;
import io.jenkins.plugins.supabase.core.backup.BackupSummary;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.blob.DestinationSettings;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.pages.BackupRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code runBackup environment: 'production'}: backs up its database, storage objects and configuration. */
public class RunBackupStep extends BackupStep {
    private static final String FUNCTION = "runBackup";

    private Integer minDestinations;
    private Integer regions;
    private int connections = DescriptorImpl.defaultConnections;
    private List<String> parts;

    @DataBoundConstructor
    public RunBackupStep(String environment) {
        super(environment);
    }

    /** @return null for what administrators want; what they want is wanted in any case */
    public Integer getMinDestinations() {
        return minDestinations;
    }

    @DataBoundSetter
    public void setMinDestinations(Integer minDestinations) {
        this.minDestinations = minDestinations;
    }

    /** @return in how many regions it must be, by the destinations' labels; null where that does not matter */
    public Integer getRegions() {
        return regions;
    }

    @DataBoundSetter
    public void setRegions(Integer regions) {
        this.regions = regions;
    }

    public int getConnections() {
        return connections;
    }

    @DataBoundSetter
    public void setConnections(int connections) {
        this.connections = connections;
    }

    /** @return of database, storage and config; null for all that the environment is configured for */
    public List<String> getParts() {
        return parts;
    }

    @DataBoundSetter
    public void setParts(List<String> parts) {
        this.parts = Names.of(parts);
    }

    public String getPartsText() {
        return Names.text(parts);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, getEnvironment());
        requirePositive("minDestinations", minDestinations);
        requirePositive("regions", regions);
        try {
            BackupScope.parse(parts);
        } catch (DeliveryException e) {
            throw new AbortException(FUNCTION + ": " + e.getMessage());
        }
        return new Execution(this, context);
    }

    private static void requirePositive(String argument, Integer given) throws AbortException {
        if (given != null && given < 1) {
            throw new AbortException(FUNCTION + " was given " + argument + ": " + given
                    + ", which must be at least 1. Nothing was done. Leave it out, or correct it.");
        }
    }

    /** Only the controller has the plugin's jar, whose manifest tells. */
    static String version() {
        String version = RunBackupStep.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    static final class Execution extends BackupExecution {
        private static final long serialVersionUID = 1L;

        private final Integer minDestinations;
        private final Integer regions;
        private final int connections;
        private final ArrayList<String> parts;

        Execution(RunBackupStep step, StepContext context) {
            super(FUNCTION, step, context);
            this.minDestinations = step.minDestinations;
            this.regions = step.regions;
            this.connections = step.connections;
            this.parts = step.parts == null ? null : new ArrayList<>(step.parts);
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            BackupConfiguration backup = BackupPlace.configuration(FUNCTION, configuration);
            BackupPlace place = place(configuration, access);
            BackupPlace.requireDatabase(FUNCTION, place.environment(), access);
            requireRegions(place.destinations().stream().map(DestinationSettings::name).toList(), place.destinations());
            List<String> recipients =
                    BackupPlace.required(FUNCTION, configuration, "recipients", backup.getRecipients());
            SecretText signingKey = lookup()
                    .text(owner(), "backup.signingKeyCredentialsId", BackupPlace.required(
                            FUNCTION,
                            configuration,
                            "signingKeyCredentialsId",
                            backup.getSigningKeyCredentialsId()));
            int least = Math.max(backup.getMinDestinations(), minDestinations == null ? 1 : minDestinations);
            begin();
            return new BackupCallable(
                    operationId(),
                    listener(),
                    place,
                    access,
                    recipients,
                    signingKey,
                    least,
                    connections,
                    parts,
                    ManagementOptions.DEFAULT.withProxy(ControllerProxy.settings()),
                    isGoingOn(),
                    version());
        }

        private void requireRegions(List<String> names, List<DestinationSettings> settings) {
            long there = regionsOf(names, settings);
            if (regions != null && there < regions) {
                throw new DeliveryException(FUNCTION + " was given regions: " + regions + ", and the destinations"
                        + " are in "
                        + Count.of((int) there, "region") + ", by their labels. Nothing was done. Let an"
                        + " administrator add"
                        + " a destination elsewhere, or label those that there are.");
            }
        }

        private static long regionsOf(List<String> names, List<DestinationSettings> settings) {
            return settings.stream()
                    .filter(one -> names.contains(one.name()) && one.region() != null)
                    .map(DestinationSettings::region)
                    .distinct()
                    .count();
        }

        @Override
        void completed(Serializable result) throws Exception {
            Made made = (Made) result;
            BackupSummary backup = made.backup();
            String why = null;
            if (!backup.failures().isEmpty()) {
                why = "The backup " + backup.id() + " is in " + String.join(", ", backup.destinations()) + ", and"
                        + " not in "
                        + String.join(", ", backup.failures().keySet()) + ": "
                        + String.join(" ", backup.failures().values())
                        + " Run syncBackups once that is mended.";
            }
            if (regions != null && made.regions() < regions) {
                why = "The backup " + backup.id() + " is in " + Count.of(made.regions(), "region") + " only, and"
                        + " " + regions
                        + " are wanted." + (why == null ? "" : " " + why);
            }
            if (!backup.problems().isEmpty()) {
                String lacking = String.join(" ", backup.problems());
                why = why == null ? lacking : lacking + " " + why;
            }
            String page = kept().end(BackupRecord.of(FUNCTION, backup, why));
            if (why != null) {
                markUnstable(why);
            }
            succeed(ResultMaps.ofRecord(backup), page);
        }

        @Override
        public String getStatus() {
            return "backing up " + environmentName();
        }
    }

    /** @param regions in which it is */
    private record Made(BackupSummary backup, int regions) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private static final class BackupCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final BackupPlace place;
        private final Access access;
        private final ArrayList<String> recipients;
        private final SecretText signingKey;
        private final int minDestinations;
        private final int connections;
        private final ArrayList<String> parts;
        private final ManagementOptions management;
        private final boolean goingOn;
        private final String tool;

        /**
         * @param access of the whole environment
         * @param parts  null for all that it is configured for
         * @param tool   version of the plugin
         */
        BackupCallable(
                String operationId,
                TaskListener listener,
                BackupPlace place,
                Access access,
                List<String> recipients,
                SecretText signingKey,
                int minDestinations,
                int connections,
                ArrayList<String> parts,
                ManagementOptions management,
                boolean goingOn,
                String tool) {
            super(operationId, listener);
            this.place = place;
            this.access = access;
            this.recipients = new ArrayList<>(recipients);
            this.signingKey = signingKey;
            this.minDestinations = minDestinations;
            this.connections = connections;
            this.parts = parts;
            this.management = management;
            this.goingOn = goingOn;
            this.tool = tool;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            SigningKey key = SigningKey.parse(signingKey);
            if (!key.verificationKey().id().equals(place.key().id())) {
                throw new DeliveryException("The verification key that environment \"" + place.name() + "\" names is"
                        + " not the"
                        + " public half of its signing key, so that nobody could list the backup, and nothing was"
                        + " backed up."
                        + " Give what this command writes: openssl pkey -in SIGNING_KEY -pubout");
            }
            return place.run(destinations -> {
                BackupRequest request = new BackupRequest(
                        place.environment(),
                        access,
                        recipients.stream().map(AgeRecipient::parse).toList(),
                        key,
                        minDestinations,
                        connections,
                        tool,
                        BackupScope.parse(parts),
                        management);
                BackupSummary made = new BackupOperation(request, destinations, place.log(progress), progress)
                        .run(goingOn);
                made.notes().forEach(progress::line);
                return new Made(made, (int) Execution.regionsOf(made.destinations(), place.destinations()));
            });
        }
    }

    @Extension
    public static class DescriptorImpl extends BackupStepDescriptor {
        public static final int defaultConnections = 2;

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Back up a Supabase environment";
        }

        @POST
        public FormValidation doCheckMinDestinations(@QueryParameter Integer value) {
            return value == null || value >= 1 ? FormValidation.ok() : FormValidation.error("At least 1.");
        }

        @POST
        public FormValidation doCheckRegions(@QueryParameter Integer value) {
            return value == null || value >= 1 ? FormValidation.ok() : FormValidation.error("At least 1.");
        }
    }
}

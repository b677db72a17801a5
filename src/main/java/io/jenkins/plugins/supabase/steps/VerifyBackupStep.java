package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.backup.VerificationSummary;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.Verification;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.pages.BackupRecord;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code verifyBackup environment: 'production', depth: 'restore'}: whether a backup is what it should be. */
public class VerifyBackupStep extends BackupStep {
    private static final String FUNCTION = "verifyBackup";
    private static final int PARALLEL = 2;

    private String id = BackupStore.LATEST;
    private String depth = DescriptorImpl.defaultDepth;
    private boolean repair;
    private boolean unstableOnly;

    @DataBoundConstructor
    public VerifyBackupStep(String environment) {
        super(environment);
    }

    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(String id) {
        String trimmed = Util.fixEmptyAndTrim(id);
        this.id = trimmed == null ? BackupStore.LATEST : trimmed;
    }

    /** @return hashes, read or restore */
    public String getDepth() {
        return depth;
    }

    @DataBoundSetter
    public void setDepth(String depth) {
        String trimmed = Util.fixEmptyAndTrim(depth);
        this.depth = trimmed == null ? DescriptorImpl.defaultDepth : trimmed;
    }

    public boolean isRepair() {
        return repair;
    }

    @DataBoundSetter
    public void setRepair(boolean repair) {
        this.repair = repair;
    }

    public boolean isUnstableOnly() {
        return unstableOnly;
    }

    @DataBoundSetter
    public void setUnstableOnly(boolean unstableOnly) {
        this.unstableOnly = unstableOnly;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, getEnvironment());
        Choice.of(FUNCTION, "depth", depth, Depth.class, Depth::word);
        return new Execution(this, context);
    }

    static final class Execution extends BackupExecution {
        private static final long serialVersionUID = 1L;

        private final String id;
        private final String depth;
        private final boolean repair;
        private final boolean unstableOnly;

        Execution(VerifyBackupStep step, StepContext context) {
            super(FUNCTION, step, context);
            this.id = step.id;
            this.depth = step.depth;
            this.repair = step.repair;
            this.unstableOnly = step.unstableOnly;
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            BackupConfiguration backup = BackupPlace.configuration(FUNCTION, configuration);
            BackupPlace place = place(configuration, access);
            SecretText identity = depth.equals(Depth.HASHES.word())
                    ? null
                    : lookup().text(owner(), "backup.identityCredentialsId", BackupPlace.required(
                            FUNCTION, configuration, "identityCredentialsId", backup.getIdentityCredentialsId()));
            begin();
            return new VerifyCallable(
                    operationId(), listener(), place, id, Depth.parse(depth), identity, repair);
        }

        @Override
        void completed(Serializable result) throws Exception {
            VerificationSummary found = (VerificationSummary) result;
            String page = kept().end(BackupRecord.of(FUNCTION, found));
            if (!found.sound()) {
                String why = "The backup " + found.id() + " of \"" + environmentName() + "\" is NOT sound: "
                        + String.join(" ", found.problems());
                if (!unstableOnly) {
                    getContext().onFailure(new AbortException(why));
                    return;
                }
                markUnstable(why);
            }
            succeed(ResultMaps.ofRecord(found), page);
        }

        @Override
        public String getStatus() {
            return "verifying a backup of " + environmentName();
        }
    }

    private static final class VerifyCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final BackupPlace place;
        private final String id;
        private final Depth depth;
        private final SecretText identity;
        private final boolean repair;

        VerifyCallable(
                String operationId,
                TaskListener listener,
                BackupPlace place,
                String id,
                Depth depth,
                SecretText identity,
                boolean repair) {
            super(operationId, listener);
            this.place = place;
            this.id = id;
            this.depth = depth;
            this.identity = identity;
            this.repair = repair;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            return place.run(destinations -> {
                BackupStore store = place.store(destinations);
                StoredBackup backup = store.find(id, place.key());
                progress.line("Verifying backup " + backup.manifest().id() + " by " + depth.word() + " in "
                        + String.join(", ", backup.destinationNames()));
                Verification verification = new BackupVerifier(
                                store, ScratchServers.onThisMachine(), PARALLEL, progress)
                        .run(backup, depth, identity == null ? null : AgeIdentity.parse(identity), repair);
                VerificationSummary summary = VerificationSummary.of(backup, verification);
                summary.problems().forEach(problem -> progress.line("PROBLEM: " + problem));
                progress.line("%s is %s, verified by %s in %.1f s".formatted(
                        summary.id(), summary.sound() ? "sound" : "NOT sound", depth.word(),
                        summary.durationMillis() / 1e3));
                place.log(progress).verified(summary);
                return summary;
            });
        }
    }

    @Extension
    public static class DescriptorImpl extends BackupStepDescriptor {
        public static final String defaultId = BackupStore.LATEST;
        public static final String defaultDepth = "read";

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Verify a backup of a Supabase environment";
        }

        @POST
        public ListBoxModel doFillDepthItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("compare the hashes of its files", "hashes");
            items.add("read all that is in it", "read");
            items.add("restore it into a throw-away PostgreSQL and compare: the drill", "restore");
            return items;
        }
    }
}

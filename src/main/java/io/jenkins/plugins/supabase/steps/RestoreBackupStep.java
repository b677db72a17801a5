package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.security.Permission;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.backup.RestoreSummary;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.pages.BackupRecord;
import java.io.Serializable;
import java.util.ArrayList;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code restoreBackup environment: 'production', to: 'staging', database: 'restored'}: into a new database. */
public class RestoreBackupStep extends BackupStep {
    private static final String FUNCTION = "restoreBackup";
    private static final int PARALLEL = 2;

    private String id = BackupStore.LATEST;
    private String to;
    private String database;
    private String databaseUrl;
    private String databaseCredentialsId;
    private String confirm;

    @DataBoundConstructor
    public RestoreBackupStep(String environment) {
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

    /** @return the environment on whose server the new database is made; null with a databaseUrl */
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    /** @return name of the new database; null with a databaseUrl */
    public String getDatabase() {
        return database;
    }

    @DataBoundSetter
    public void setDatabase(String database) {
        this.database = Util.fixEmptyAndTrim(database);
    }

    public String getDatabaseUrl() {
        return databaseUrl;
    }

    @DataBoundSetter
    public void setDatabaseUrl(String databaseUrl) {
        this.databaseUrl = Util.fixEmptyAndTrim(databaseUrl);
    }

    /** @return for the databaseUrl */
    public String getDatabaseCredentialsId() {
        return databaseCredentialsId;
    }

    @DataBoundSetter
    public void setDatabaseCredentialsId(String databaseCredentialsId) {
        this.databaseCredentialsId = Util.fixEmptyAndTrim(databaseCredentialsId);
    }

    /** @return what somebody typed, for a target on a server that real users depend on */
    public String getConfirm() {
        return confirm;
    }

    @DataBoundSetter
    public void setConfirm(String confirm) {
        this.confirm = Util.fixEmptyAndTrim(confirm);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, getEnvironment());
        return new Execution(
                this, new RestoreTarget(FUNCTION, to, database, databaseUrl, databaseCredentialsId), context);
    }

    static final class Execution extends BackupExecution {
        private static final long serialVersionUID = 1L;

        private final String id;
        private final RestoreTarget target;
        private final String confirm;

        Execution(RestoreBackupStep step, RestoreTarget target, StepContext context) {
            super(FUNCTION, step, context);
            this.id = step.id;
            this.target = target;
            this.confirm = step.confirm;
        }

        @Override
        Permission[] permissions() {
            return new Permission[] {Permissions.RESTORE};
        }

        @Override
        public boolean start() throws Exception {
            BuildPermission.require(getContext(), permissions());
            try {
                boolean guarded = target.isProtected();
                if (guarded || target.isElsewhere()) {
                    BuildPermission.requireOfStarter(getContext(), Permissions.RESTORE);
                }
                if (guarded && !target.confirmation().equals(confirm)) {
                    throw new AbortException(FUNCTION + " would restore into " + target.address() + ", on a server"
                            + " that real"
                            + " users depend on. Nothing was done. Let somebody type what is meant, for example as a"
                            + " parameter of the build, and give it as confirm: '" + target.confirmation() + "'.");
                }
            } catch (DeliveryException | IllegalArgumentException e) {
                throw new AbortException(e.getMessage());
            }
            return super.start();
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            BackupConfiguration backup = BackupPlace.configuration(FUNCTION, configuration);
            BackupPlace place = place(configuration, access);
            SecretText identity = lookup()
                    .text(owner(), "backup.identityCredentialsId", BackupPlace.required(
                            FUNCTION, configuration, "identityCredentialsId", backup.getIdentityCredentialsId()));
            Environment into = target.environment();
            Access there = target.access(credentials());
            BackupPlace.requireDatabase(FUNCTION, into, there);
            begin();
            return new RestoreCallable(
                    operationId(), listener(), place, id, identity, into, there, target.address(), isGoingOn());
        }

        @Override
        void completed(Serializable result) throws Exception {
            RestoreSummary restore = (RestoreSummary) result;
            String page = kept().end(BackupRecord.of(FUNCTION, restore));
            if (!restore.problems().isEmpty()) {
                markUnstable("The backup " + restore.id() + " was restored as a whole, and is damaged: "
                        + String.join(" ", restore.problems()));
            }
            succeed(ResultMaps.ofRecord(restore), page);
        }

        @Override
        public String getStatus() {
            return "restoring a backup of " + environmentName();
        }
    }

    private static final class RestoreCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final BackupPlace place;
        private final String id;
        private final SecretText identity;
        private final Environment target;
        private final Access access;
        private final String address;
        private final boolean goingOn;

        RestoreCallable(
                String operationId,
                TaskListener listener,
                BackupPlace place,
                String id,
                SecretText identity,
                Environment target,
                Access access,
                String address,
                boolean goingOn) {
            super(operationId, listener);
            this.place = place;
            this.id = id;
            this.identity = identity;
            this.target = target;
            this.access = access;
            this.address = address;
            this.goingOn = goingOn;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            try {
                return place.run(destinations -> {
                    BackupStore store = place.store(destinations);
                    StoredBackup backup = store.find(id, place.key());
                    BackupManifest manifest = backup.manifest();
                    progress.line("Restoring backup " + manifest.id() + " of " + place.name() + " into " + address);
                    BackupRestorer.Result result = new BackupRestorer(store, PARALLEL, progress)
                            .run(backup, AgeIdentity.parse(identity), target, access);
                    RestoreSummary summary = new RestoreSummary(
                            manifest.id(),
                            place.name(),
                            manifest.snapshotTime().toString(),
                            address,
                            result.duration().toMillis(),
                            manifest.rows(),
                            manifest.size(),
                            new ArrayList<>(result.problems()));
                    summary.problems().forEach(problem -> progress.line("WARNING: " + problem));
                    progress.line("%s was restored into %s in %.1f s"
                            .formatted(summary.id(), address, summary.durationMillis() / 1e3));
                    place.log(progress).restored(summary);
                    return summary;
                });
            } catch (DeliveryException e) {
                throw goingOn
                        ? new DeliveryException(e.getMessage() + " This is the second attempt, after a restart or a"
                                + " lost"
                                + " connection: the first one may have made " + address + ", or a part of it. Drop that"
                                + " database unless it is another one, then restore again.")
                        : e;
            }
        }
    }

    @Extension
    public static class DescriptorImpl extends BackupStepDescriptor {
        public static final String defaultId = BackupStore.LATEST;

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Restore a backup of a Supabase environment into a new database";
        }

        @POST
        public ListBoxModel doFillToItems(@AncestorInPath Item item) {
            ListBoxModel items = new ListBoxModel();
            items.add("");
            items.addAll(doFillEnvironmentItems(item));
            return items;
        }
    }
}

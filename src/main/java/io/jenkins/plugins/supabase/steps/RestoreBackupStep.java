package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.config.Names;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.backup.RestoreSummary;
import io.jenkins.plugins.supabase.core.backup.mask.Masks;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreMode;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Durations;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.pages.BackupRecord;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code restoreBackup environment: 'production', to: 'staging', database: 'restored'}: a backup, into a database. */
public class RestoreBackupStep extends BackupStep {
    private static final String FUNCTION = "restoreBackup";

    private String id = BackupStore.LATEST;
    private String mode = DescriptorImpl.defaultMode;
    private String to;
    private String database;
    private String databaseUrl;
    private String databaseCredentialsId;
    private String confirm;
    private String recentBackup;
    private ArrayList<String> tables;
    private TreeMap<String, String> mask;
    private boolean storage;
    private boolean overwriteObjects;
    private String config;

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

    public String getMode() {
        return mode;
    }

    @DataBoundSetter
    public void setMode(String mode) {
        String trimmed = Util.fixEmptyAndTrim(mode);
        this.mode = trimmed == null ? DescriptorImpl.defaultMode : trimmed;
    }

    /** @return the environment on whose server the database is; null with a databaseUrl */
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

    /** @return how old a proven backup may be that is enough before a restore in place; null to make one anyway */
    public String getRecentBackup() {
        return recentBackup;
    }

    @DataBoundSetter
    public void setRecentBackup(String recentBackup) {
        this.recentBackup = Util.fixEmptyAndTrim(recentBackup);
    }

    /** @return such as public.orders; null for everything */
    public List<String> getTables() {
        return tables;
    }

    @DataBoundSetter
    public void setTables(List<String> tables) {
        this.tables = Names.withSpaces(tables);
    }

    public String getTablesText() {
        return Names.text(tables);
    }

    /** @return rules by column, such as hash by auth.users.email; null for none */
    public Map<String, String> getMask() {
        return mask;
    }

    @DataBoundSetter
    public void setMask(Map<String, String> mask) {
        this.mask = MaskArgument.of(mask);
    }

    /** @return whether storage objects are put into the project of the environment {@link #getTo} */
    public boolean isStorage() {
        return storage;
    }

    @DataBoundSetter
    public void setStorage(boolean storage) {
        this.storage = storage;
    }

    /** @return whether objects that are there and others are replaced */
    public boolean isOverwriteObjects() {
        return overwriteObjects;
    }

    @DataBoundSetter
    public void setOverwriteObjects(boolean overwriteObjects) {
        this.overwriteObjects = overwriteObjects;
    }

    /** @return a folder of the workspace that gets the project's configuration; null where it is not wanted */
    public String getConfig() {
        return config;
    }

    @DataBoundSetter
    public void setConfig(String config) {
        this.config = Util.fixEmptyAndTrim(config);
    }

    public String getMaskText() {
        return MaskArgument.text(mask);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, getEnvironment());
        RestoreMode chosen = Choice.of(FUNCTION, "mode", mode, RestoreMode.class, RestoreMode::word);
        boolean nowhere = database == null && databaseUrl == null && databaseCredentialsId == null;
        boolean none = (storage || config != null) && chosen == RestoreMode.NEW_DATABASE && nowhere;
        RestoreTarget target = new RestoreTarget(
                FUNCTION, chosen, none, to, database, databaseUrl, databaseCredentialsId);
        if (storage && !target.hasStorage()) {
            throw new AbortException(FUNCTION + " was given storage: true, and no environment whose storage gets the"
                    + " objects. Nothing was done. Name it, as in to: 'staging'.");
        }
        return new Execution(this, target, context);
    }

    static final class Execution extends BackupExecution {
        private static final long serialVersionUID = 1L;

        private final String id;
        private final RestoreTarget target;
        private final String confirm;
        private final String recentBackup;
        private final ArrayList<String> tables;
        private final TreeMap<String, String> mask;
        private final boolean storage;
        private final boolean overwriteObjects;
        private final String config;

        Execution(RestoreBackupStep step, RestoreTarget target, StepContext context) {
            super(FUNCTION, step, context);
            this.id = step.id;
            this.target = target;
            this.confirm = step.confirm;
            this.recentBackup = step.recentBackup;
            this.tables = step.tables;
            this.mask = step.mask;
            this.storage = step.storage;
            this.overwriteObjects = step.overwriteObjects;
            this.config = step.config;
        }

        @Override
        Permission[] permissions() {
            return new Permission[] {Permissions.RESTORE};
        }

        @Override
        public boolean start() throws Exception {
            BuildPermission.require(getContext(), permissions());
            try {
                MaskArgument.masks(mask);
                recent();
                boolean guarded = target.isInPlace() || target.isProtected();
                if (guarded || target.isElsewhere()) {
                    BuildPermission.requireOfStarter(getContext(), Permissions.RESTORE);
                }
                if (guarded && !target.confirmation().equals(confirm)) {
                    throw new AbortException(FUNCTION + " would " + (target.isInPlace()
                                    ? "replace " + target.address() + "."
                                    : "restore into " + target.address() + ", on a server that real users depend on.")
                            + " Nothing was done. Let somebody type what is meant, for example as a parameter of the"
                            + " build, and give it as confirm: '" + target.confirmation() + "'.");
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
            Environment into = target.isDatabase() ? target.environment() : null;
            Access there = target.isDatabase() ? target.access(credentials()) : null;
            if (target.isDatabase()) {
                BackupPlace.requireDatabase(FUNCTION, into, there);
            }
            SafetyPlace safety = target.isInPlace()
                    ? SafetyPlace.of(FUNCTION, target.configured(), there, place.origin(), lookup(), owner(), recent())
                    : null;
            begin();
            return new RestoreCallable(
                    operationId(), listener(), place, id, identity, choice(backup), into, there, target.address(),
                    safety, project(), isGoingOn());
        }

        private ProjectRestore project() throws Exception {
            String folder = config == null ? null : getContext().get(FilePath.class).child(config).getRemote();
            return new ProjectRestore(
                    target.isDatabase(),
                    storage ? target.configured().toEnvironment() : null,
                    storage ? new EnvironmentCredentials(target.configured(), credentials()).resolve() : null,
                    overwriteObjects,
                    folder,
                    ManagementOptions.DEFAULT.withProxy(ControllerProxy.settings()));
        }

        private Duration recent() {
            return recentBackup == null ? null : Durations.parse(recentBackup);
        }

        private RestoreChoice choice(BackupConfiguration backup) {
            Masks asked = MaskArgument.masks(mask);
            List<String> chosen = tables == null ? List.of() : tables;
            if (target.isOf(environmentName())) {
                return new RestoreChoice(chosen, asked);
            }
            Masks demanded = backup.demandedMasks();
            if (storage && !demanded.isEmpty()) {
                throw new DeliveryException(FUNCTION + " would put storage objects of environment \""
                        + environmentName() + "\" into another one, and an administrator demands that its backups are"
                        + " masked wherever else they go, which files cannot be. Nothing was done. Leave storage out.");
            }
            return new RestoreChoice(chosen, asked.with(demanded));
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

    @Extension
    public static class DescriptorImpl extends BackupStepDescriptor {
        public static final String defaultId = BackupStore.LATEST;
        public static final String defaultMode = "newDatabase";

        private static final String MASK = "mask";

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Restore a backup of a Supabase environment";
        }

        /** The form has a text of one column a line, a Jenkinsfile a map; see PlanningStep. */
        @Override
        public Step newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            Object mask = formData.remove(MASK);
            RestoreBackupStep step = (RestoreBackupStep) super.newInstance(req, formData);
            step.setMask(MaskArgument.ofForm(MASK, mask));
            return step;
        }

        @POST
        public FormValidation doCheckMask(@QueryParameter String value) {
            return MaskArgument.check(value);
        }

        @POST
        public ListBoxModel doFillModeItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("into a new database", defaultMode);
            items.add("in the place of the environment's database", RestoreMode.IN_PLACE.word());
            return items;
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

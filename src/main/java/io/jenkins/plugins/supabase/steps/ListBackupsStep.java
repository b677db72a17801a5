package io.jenkins.plugins.supabase.steps;

import hudson.Extension;
import hudson.model.TaskListener;
import hudson.security.Permission;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.managed.ManagedList;
import io.jenkins.plugins.supabase.core.backup.restore.Verification;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.management.ManagedBackups;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.pages.Words;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code listBackups environment: 'production'}: which backups there are, the newest first. */
public class ListBackupsStep extends BackupStep {
    private static final String FUNCTION = "listBackups";

    @DataBoundConstructor
    public ListBackupsStep(String environment) {
        super(environment);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, getEnvironment());
        return new Execution(this, context);
    }

    static final class Execution extends BackupExecution {
        private static final long serialVersionUID = 1L;

        Execution(ListBackupsStep step, StepContext context) {
            super(FUNCTION, step, context);
        }

        @Override
        Permission[] permissions() {
            return Permissions.seeing();
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            return new ListCallable(
                    operationId(), listener(), place(configuration, access), access.accessToken(),
                    ManagementOptions.DEFAULT.withProxy(ControllerProxy.settings()));
        }

        @Override
        void completed(Serializable result) {
            Listed listed = (Listed) result;
            HashMap<String, Object> map = new LinkedHashMap<>();
            map.put("environment", environmentName());
            map.put("backups", listed.backups().stream().map(ListCallable::map).collect(
                    ArrayList::new, ArrayList::add, ArrayList::addAll));
            map.put("managed", listed.managed());
            map.put("problems", listed.problems());
            getContext().onSuccess(map);
        }

        @Override
        public String getStatus() {
            return "listing the backups of " + environmentName();
        }
    }

    /**
     * @param managed  what the platform keeps itself; null where it was not asked
     * @param problems a sentence each
     */
    private record Listed(ArrayList<Entry> backups, HashMap<String, Object> managed, ArrayList<String> problems)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param objects      of the storage; null where it holds none
     * @param config       whether it holds the project's configuration
     * @param verification JSON; null where it was never verified
     */
    private record Entry(
            String id,
            String snapshotTime,
            long rows,
            long bytes,
            int parts,
            Long objects,
            boolean config,
            ArrayList<String> destinations,
            String verification)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private static final class ListCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final BackupPlace place;
        private final SecretText accessToken;
        private final ManagementOptions management;

        ListCallable(
                String operationId,
                TaskListener listener,
                BackupPlace place,
                SecretText accessToken,
                ManagementOptions management) {
            super(operationId, listener);
            this.place = place;
            this.accessToken = accessToken;
            this.management = management;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            return place.run(destinations -> {
                BackupStore store = place.store(destinations);
                BackupStore.Listing listing = store.list(place.key());
                List<String> problems = new ArrayList<>();
                ArrayList<Entry> entries = new ArrayList<>();
                for (StoredBackup backup : listing.backups()) {
                    BackupManifest manifest = backup.manifest();
                    List<String> verifications = store.verifications(backup);
                    Entry entry = new Entry(
                            manifest.id(),
                            manifest.snapshotTime().toString(),
                            manifest.rows(),
                            manifest.size(),
                            manifest.parts().size(),
                            manifest.storage() == null ? null : manifest.storage().objects(),
                            !manifest.parts(PartKind.CONFIG).isEmpty(),
                            new ArrayList<>(backup.destinationNames()),
                            verifications.isEmpty() ? null : verifications.get(verifications.size() - 1));
                    entries.add(entry);
                    problems.addAll(backup.problems());
                    progress.line("%s  snapshot %s  %d rows  %s  in %s  %s".formatted(
                            entry.id(), entry.snapshotTime(), entry.rows(), Words.size(entry.bytes()),
                            String.join(", ", entry.destinations()),
                            entry.verification() == null
                                    ? "never verified"
                                    : Verification.inWords(entry.verification())));
                }
                if (entries.isEmpty()) {
                    progress.line("There is no backup of " + place.name());
                }
                problems.addAll(listing.problems());
                HashMap<String, Object> managed =
                        ManagedList.tell(place.environment(), accessToken, management, progress, problems)
                                .map(ListCallable::managedMap)
                                .orElse(null);
                problems.forEach(problem -> progress.line("PROBLEM: " + problem));
                return new Listed(entries, managed, new ArrayList<>(problems));
            });
        }

        private static HashMap<String, Object> managedMap(ManagedBackups backups) {
            HashMap<String, Object> map = new LinkedHashMap<>();
            map.put("backups", backups.backups().stream().map(ResultMaps::ofRecord).collect(
                    ArrayList::new, ArrayList::add, ArrayList::addAll));
            map.put("earliest", Objects.toString(backups.earliest(), null));
            map.put("latest", Objects.toString(backups.latest(), null));
            return map;
        }

        private static Map<String, Object> map(Entry entry) {
            Map<String, Object> map = ResultMaps.ofRecord(entry);
            map.put("verification", entry.verification() == null ? null : ResultMaps.ofJson(entry.verification()));
            return map;
        }
    }

    @Extension
    public static class DescriptorImpl extends BackupStepDescriptor {
        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "List the backups of a Supabase environment";
        }
    }
}

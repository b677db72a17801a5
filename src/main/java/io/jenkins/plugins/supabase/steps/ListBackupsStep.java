package io.jenkins.plugins.supabase.steps;

import hudson.Extension;
import hudson.model.TaskListener;
import hudson.security.Permission;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.pages.Words;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            return new ListCallable(operationId(), listener(), place(configuration, access));
        }

        @Override
        void completed(Serializable result) {
            Listed listed = (Listed) result;
            HashMap<String, Object> map = new LinkedHashMap<>();
            map.put("environment", environmentName());
            map.put("backups", listed.backups().stream().map(ListCallable::map).collect(
                    ArrayList::new, ArrayList::add, ArrayList::addAll));
            map.put("problems", listed.problems());
            getContext().onSuccess(map);
        }

        @Override
        public String getStatus() {
            return "listing the backups of " + environmentName();
        }
    }

    /** @param problems a sentence each */
    private record Listed(ArrayList<Entry> backups, ArrayList<String> problems) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** @param verification JSON; null where it was never verified */
    private record Entry(
            String id,
            String snapshotTime,
            long rows,
            long bytes,
            int parts,
            ArrayList<String> destinations,
            String verification)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private static final class ListCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final BackupPlace place;

        ListCallable(String operationId, TaskListener listener, BackupPlace place) {
            super(operationId, listener);
            this.place = place;
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
                            new ArrayList<>(backup.destinationNames()),
                            verifications.isEmpty() ? null : verifications.get(verifications.size() - 1));
                    entries.add(entry);
                    problems.addAll(backup.problems());
                    progress.line("%s  snapshot %s  %d rows  %s  in %s  %s".formatted(
                            entry.id(), entry.snapshotTime(), entry.rows(), Words.size(entry.bytes()),
                            String.join(", ", entry.destinations()),
                            entry.verification() == null
                                    ? "never verified"
                                    : "last verification " + entry.verification().strip()));
                }
                if (entries.isEmpty()) {
                    progress.line("There is no backup of " + place.name());
                }
                problems.addAll(listing.problems());
                problems.forEach(problem -> progress.line("PROBLEM: " + problem));
                return new Listed(entries, new ArrayList<>(problems));
            });
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

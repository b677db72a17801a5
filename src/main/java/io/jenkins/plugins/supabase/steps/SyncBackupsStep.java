package io.jenkins.plugins.supabase.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.backup.store.BackupSync;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.pages.Words;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code syncBackups environment: 'production', to: 'far'}: copies what a destination lacks from the others. */
public class SyncBackupsStep extends BackupStep {
    private static final String FUNCTION = "syncBackups";

    private String to;

    @DataBoundConstructor
    public SyncBackupsStep(String environment) {
        super(environment);
    }

    /** @return name of a destination; null for each in turn */
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, getEnvironment());
        return new Execution(this, context);
    }

    static final class Execution extends BackupExecution {
        private static final long serialVersionUID = 1L;

        private final String to;

        Execution(SyncBackupsStep step, StepContext context) {
            super(FUNCTION, step, context);
            this.to = step.to;
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            return new SyncCallable(operationId(), listener(), place(configuration, access), to);
        }

        @Override
        void completed(Serializable result) throws Exception {
            Synced synced = (Synced) result;
            if (!synced.problems().isEmpty()) {
                markUnstable(String.join(" ", synced.problems()));
            }
            HashMap<String, Object> map = new LinkedHashMap<>();
            map.put("environment", environmentName());
            map.put("copied", synced.copied());
            map.put("bytes", synced.bytes());
            map.put("problems", synced.problems());
            getContext().onSuccess(map);
        }

        @Override
        public String getStatus() {
            return "copying backups of " + environmentName();
        }
    }

    /**
     * What was copied.
     *
     * @param copied   ids of backups by the destination that they were copied to
     * @param bytes    of parts
     * @param problems a sentence each
     */
    private record Synced(LinkedHashMap<String, ArrayList<String>> copied, long bytes, ArrayList<String> problems)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private static final class SyncCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final BackupPlace place;
        private final String to;

        SyncCallable(String operationId, TaskListener listener, BackupPlace place, String to) {
            super(operationId, listener);
            this.place = place;
            this.to = to;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            return place.run(destinations -> {
                LinkedHashMap<String, ArrayList<String>> copied = new LinkedHashMap<>();
                List<String> problems = new ArrayList<>();
                long bytes = 0;
                for (Destination target : targets(destinations)) {
                    List<Destination> others =
                            destinations.stream().filter(one -> one != target).toList();
                    try {
                        BackupSync.Result result =
                                new BackupSync(place.name(), place.store(others), target, progress).run(place.key());
                        copied.put(target.name(), new ArrayList<>(result.backups()));
                        bytes += result.bytes();
                        problems.addAll(result.problems());
                        place.log(progress).copied(target.name(), result.backups());
                        progress.line("%s copied to destination %s, %s".formatted(
                                Count.of(result.backups().size(), "backup"), target.name(),
                                Words.size(result.bytes())));
                    } catch (DeliveryException e) {
                        problems.add(e.getMessage());
                    }
                }
                problems.forEach(problem -> progress.line("PROBLEM: " + problem));
                return new Synced(copied, bytes, new ArrayList<>(problems));
            });
        }

        private List<Destination> targets(List<Destination> destinations) {
            if (to == null) {
                return destinations;
            }
            List<String> names = destinations.stream().map(Destination::name).toList();
            if (!names.contains(to)) {
                throw new DeliveryException("The destination \"" + to + "\" to copy to is none of "
                        + String.join(", ", names) + NearestName.hint(to, names)
                        + " Nothing was copied. Correct the name.");
            }
            return List.of(destinations.get(names.indexOf(to)));
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
            return "Copy backups of a Supabase environment to where they are missing";
        }
    }
}

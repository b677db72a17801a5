package io.jenkins.plugins.supabase.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.backup.retention.Retention;
import io.jenkins.plugins.supabase.core.backup.retention.RetentionPolicy;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code pruneBackups environment: 'production', keep: 'daily 7'}: removes backups that no rule keeps. */
public class PruneBackupsStep extends BackupStep {
    private static final String FUNCTION = "pruneBackups";

    private String keep;
    private boolean dryRun;

    @DataBoundConstructor
    public PruneBackupsStep(String environment) {
        super(environment);
    }

    /** @return rules; null for those that administrators gave the environment */
    public String getKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(String keep) {
        this.keep = Util.fixEmptyAndTrim(keep);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        StepArguments.requireEnvironment(FUNCTION, getEnvironment());
        return new Execution(this, context);
    }

    static final class Execution extends BackupExecution {
        private static final long serialVersionUID = 1L;

        private final String keep;
        private final boolean dryRun;

        Execution(PruneBackupsStep step, StepContext context) {
            super(FUNCTION, step, context);
            this.keep = step.keep;
            this.dryRun = step.dryRun;
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            String rules = rules(BackupPlace.configuration(FUNCTION, configuration));
            return new PruneCallable(
                    operationId(), listener(), place(configuration, access), RetentionPolicy.parse(rules), dryRun);
        }

        private String rules(BackupConfiguration backup) {
            String configured = backup.getKeep();
            if (configured == null && keep == null) {
                throw new DeliveryException(FUNCTION + " needs to know which backups to keep, as in " + FUNCTION
                        + " environment: '" + environmentName() + "', keep: 'daily 7, weekly 4, monthly 12'. Nothing"
                        + " was"
                        + " removed.");
            }
            if (configured != null && keep != null) {
                throw new DeliveryException(FUNCTION + " was given keep: '" + keep + "', and an administrator has"
                        + " decided that"
                        + " environment \"" + environmentName() + "\" keeps '" + configured
                        + "'. Nothing was removed. Leave keep out.");
            }
            return configured == null ? keep : configured;
        }

        @Override
        void completed(Serializable result) throws Exception {
            Pruned pruned = (Pruned) result;
            if (!pruned.problems().isEmpty()) {
                markUnstable(String.join(" ", pruned.problems()));
            }
            HashMap<String, Object> map = new LinkedHashMap<>();
            map.put("environment", environmentName());
            map.put("removed", pruned.removed());
            map.put("kept", pruned.kept());
            map.put("bytes", pruned.bytes());
            map.put("problems", pruned.problems());
            getContext().onSuccess(map);
        }

        @Override
        public String getStatus() {
            return "removing old backups of " + environmentName();
        }
    }

    /**
     * What was removed, or would be.
     *
     * @param removed  ids by destination
     * @param kept     likewise
     * @param bytes    of parts that were deleted
     * @param problems a sentence each
     */
    private record Pruned(
            LinkedHashMap<String, ArrayList<String>> removed,
            LinkedHashMap<String, ArrayList<String>> kept,
            long bytes,
            ArrayList<String> problems)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private static final class PruneCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final BackupPlace place;
        private final RetentionPolicy policy;
        private final boolean dryRun;

        PruneCallable(
                String operationId, TaskListener listener, BackupPlace place, RetentionPolicy policy, boolean dryRun) {
            super(operationId, listener);
            this.place = place;
            this.policy = policy;
            this.dryRun = dryRun;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            return place.run(destinations -> {
                LinkedHashMap<String, ArrayList<String>> removed = new LinkedHashMap<>();
                LinkedHashMap<String, ArrayList<String>> kept = new LinkedHashMap<>();
                List<String> problems = new ArrayList<>();
                long bytes = 0;
                Retention retention = new Retention(place.name(), policy, dryRun, progress);
                for (Retention.Result result : retention.run(destinations, place.key(), Instant.now())) {
                    ArrayList<String> ids = new ArrayList<>();
                    for (RetentionPolicy.Decision decision : result.kept()) {
                        ids.add(decision.backup().id());
                        progress.line("Backup %s stays in destination %s: %s".formatted(
                                decision.backup().id(), result.destination(), String.join(", ", decision.reasons())));
                    }
                    kept.put(result.destination(), ids);
                    removed.put(result.destination(), new ArrayList<>(result.removed()));
                    bytes += result.bytes();
                    problems.addAll(result.problems());
                    if (!dryRun) {
                        place.log(progress).removed(result.destination(), result.removed());
                    }
                }
                problems.forEach(problem -> progress.line("PROBLEM: " + problem));
                return new Pruned(removed, kept, bytes, new ArrayList<>(problems));
            });
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
            return "Remove old backups of a Supabase environment";
        }

        @POST
        public FormValidation doCheckKeep(@QueryParameter String value) {
            try {
                if (Util.fixEmptyAndTrim(value) != null) {
                    RetentionPolicy.parse(value);
                }
                return FormValidation.ok();
            } catch (DeliveryException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}

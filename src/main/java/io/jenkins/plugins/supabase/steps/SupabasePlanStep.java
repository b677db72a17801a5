package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.TaskListener;
import hudson.security.Permission;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.deploy.DeployOptions;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.plan.Drift;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code supabasePlan environment: 'production'}: says what a deployment would change, and changes nothing. */
public class SupabasePlanStep extends ReleaseStep {
    private boolean failOnDrift;
    private String failOn;

    @DataBoundConstructor
    public SupabasePlanStep(String environment) {
        super(environment);
    }

    public boolean isFailOnDrift() {
        return failOnDrift;
    }

    @DataBoundSetter
    public void setFailOnDrift(boolean failOnDrift) {
        this.failOnDrift = failOnDrift;
    }

    /** @return severity from which on a finding fails the build, unless it is waived; null for none */
    public String getFailOn() {
        return failOn;
    }

    @DataBoundSetter
    public void setFailOn(String failOn) {
        this.failOn = Util.fixEmptyAndTrim(failOn);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        requireArguments();
        Severity least = failOn == null
                ? null
                : Choice.of("supabasePlan", "failOn", failOn, Severity.class, StepArguments::word);
        return new Execution(this, least, context);
    }

    static final class Execution extends ReleaseExecution {
        private static final long serialVersionUID = 1L;

        private final boolean failOnDrift;
        private final Severity failOn;

        Execution(SupabasePlanStep step, Severity failOn, StepContext context) {
            super(step, context);
            this.failOnDrift = step.failOnDrift;
            this.failOn = failOn;
        }

        @Override
        Permission[] permissions() {
            return Permissions.seeing();
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            return new PlanCallable(
                    operationId(),
                    getContext().get(TaskListener.class),
                    request(configuration, access, source(), DeployOptions.DEFAULT));
        }

        @Override
        void completed(Serializable result) throws Exception {
            PlanCallable.Planned planned = (PlanCallable.Planned) result;
            String page = keep(planned);
            tellOf("The plan", page);
            refuse(PlanJson.read(planned.deployment().planJson()));
            HashMap<String, Object> map = ResultMaps.ofJson(planned.deployment().planJson());
            map.put("page", page);
            getContext().onSuccess(map);
        }

        private void refuse(Plan plan) throws AbortException {
            if (failOnDrift && !plan.drift().isEmpty()) {
                throw new AbortException("The environment \"" + plan.environment() + "\" has drifted ("
                        + plan.drift().stream().map(Drift::subject).collect(Collectors.joining(", "))
                        + "), and failOnDrift is set. Nothing was changed. The plan above says how; undo it there, or deploy"
                        + " what was done.");
            }
            List<Finding> found = failOn == null
                    ? List.of()
                    : plan.findings().stream()
                            .filter(finding -> finding.waiver() == null && finding.severity().compareTo(failOn) >= 0)
                            .toList();
            if (!found.isEmpty()) {
                throw new AbortException("The plan for \"" + plan.environment() + "\" has findings that failOn: '"
                        + StepArguments.word(failOn) + "' refuses: "
                        + found.stream()
                                .map(finding -> finding.rule() + " in " + finding.file())
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ". Nothing was changed. The plan above says how to write it safely, or accept one with a reason in"
                        + " a comment of the file.");
            }
        }

        @Override
        public String getStatus() {
            return "planning a deployment to " + environmentName();
        }
    }

    @Extension
    public static class DescriptorImpl extends ReleaseStepDescriptor {
        @Override
        public String getFunctionName() {
            return "supabasePlan";
        }

        @Override
        public String getDisplayName() {
            return "Plan a deployment to a Supabase environment";
        }

        @POST
        public ListBoxModel doFillFailOnItems() {
            ListBoxModel items = new ListBoxModel();
            items.add("none", "");
            items.add("danger", "danger");
            items.add("warning or danger", "warning");
            items.add("any", "info");
            return items;
        }
    }
}

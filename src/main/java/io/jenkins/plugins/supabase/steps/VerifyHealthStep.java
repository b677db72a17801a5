package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.Names;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.health.HealthCheck;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.health.Pacing;
import io.jenkins.plugins.supabase.core.ledger.HealthLog;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code verifyHealth environment: 'staging'}: asks every part of an environment whether it works. */
public class VerifyHealthStep extends Step {
    private static final String FUNCTION = "verifyHealth";

    private final String environment;
    private List<String> functions;
    private String directory = ReleaseArguments.DEFAULT_DIRECTORY;
    private String table;
    private String rpc;
    private List<String> services;
    private Integer timeout;
    private boolean unstableOnly;

    @DataBoundConstructor
    public VerifyHealthStep(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    public String getEnvironment() {
        return environment;
    }

    /** @return null for the functions that the project in {@code directory} declares */
    public List<String> getFunctions() {
        return functions;
    }

    @DataBoundSetter
    public void setFunctions(List<String> functions) {
        this.functions = Names.of(functions);
    }

    public String getFunctionsText() {
        return Names.text(functions);
    }

    public String getDirectory() {
        return directory;
    }

    @DataBoundSetter
    public void setDirectory(String directory) {
        String trimmed = Util.fixEmptyAndTrim(directory);
        this.directory = trimmed == null ? ReleaseArguments.DEFAULT_DIRECTORY : trimmed;
    }

    public String getTable() {
        return table;
    }

    @DataBoundSetter
    public void setTable(String table) {
        this.table = Util.fixEmptyAndTrim(table);
    }

    public String getRpc() {
        return rpc;
    }

    @DataBoundSetter
    public void setRpc(String rpc) {
        this.rpc = Util.fixEmptyAndTrim(rpc);
    }

    /** @return null for all services that the Management API knows */
    public List<String> getServices() {
        return services;
    }

    @DataBoundSetter
    public void setServices(List<String> services) {
        this.services = Names.of(services);
    }

    /** @return seconds, after which what is still unhealthy counts as unhealthy; null for the environment's own rule */
    public Integer getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(Integer timeout) {
        this.timeout = timeout;
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
        StepArguments.requireEnvironment(FUNCTION, environment);
        if (timeout != null && timeout < 1) {
            throw new AbortException("verifyHealth was given timeout: " + timeout
                    + ", which must be at least 1 second. Nothing was done. Leave it out for what the environment's health"
                    + " rules say.");
        }
        return new Execution(this, context);
    }

    static final class Execution extends AgentOperationExecution {
        private static final long serialVersionUID = 1L;

        private final String environment;
        private final ArrayList<String> functions;
        private final String directory;
        private final String table;
        private final String rpc;
        private final ArrayList<String> services;
        private final Integer timeout;
        private final boolean unstableOnly;

        Execution(VerifyHealthStep step, StepContext context) {
            super(context);
            this.environment = step.environment;
            this.functions = step.functions == null ? null : new ArrayList<>(step.functions);
            this.directory = step.directory;
            this.table = step.table;
            this.rpc = step.rpc;
            this.services = step.services == null ? null : new ArrayList<>(step.services);
            this.timeout = step.timeout;
            this.unstableOnly = step.unstableOnly;
        }

        @Override
        String environmentName() {
            return environment;
        }

        @Override
        String step() {
            return FUNCTION;
        }

        @Override
        boolean needsWorkspace() {
            return false;
        }

        @Override
        Permission[] permissions() {
            return Permissions.seeing();
        }

        @Override
        OperationCallable nextCall(EnvironmentConfiguration configuration, Access access) throws Exception {
            HealthRequest request = StepArguments.health(configuration, access);
            boolean ruled = !request.functions().isEmpty();
            if (table != null) {
                request = request.withTable(table);
            }
            if (rpc != null) {
                request = request.withRpc(rpc);
            }
            if (timeout != null) {
                request = request.withPacing(Pacing.DEFAULT.withTimeout(Duration.ofSeconds(timeout)));
            }
            if (services != null) {
                request = request.withServices(services);
            }
            if (functions != null) {
                request = request.withFunctions(functions);
            }
            FilePath workspace = getContext().get(FilePath.class);
            String declaredIn = functions != null || ruled || workspace == null
                    ? null
                    : workspace.child(directory).getRemote();
            Origin origin = BuildOrigin.of(getContext().get(Run.class), operationId());
            return new CheckCallable(
                    operationId(), getContext().get(TaskListener.class), request, declaredIn, origin);
        }

        @Override
        void completed(Serializable result) throws Exception {
            HealthReport report = (HealthReport) result;
            if (!report.healthy()) {
                String why = report.summary() + " Nothing was changed. Look at what is named, then verify again.";
                if (!unstableOnly) {
                    throw new AbortException(why);
                }
                markUnstable(why);
            }
            getContext().onSuccess(ResultMaps.of(report));
        }

        @Override
        public String getStatus() {
            return "probing " + environment;
        }
    }

    private static final class CheckCallable extends OperationCallable {
        private static final long serialVersionUID = 1L;

        private final HealthRequest request;
        private final String declaredIn;
        private final Origin origin;

        /** @param declaredIn a Supabase folder whose functions are probed; null to probe those of the request */
        CheckCallable(
                String operationId, TaskListener listener, HealthRequest request, String declaredIn, Origin origin) {
            super(operationId, listener);
            this.request = request;
            this.declaredIn = declaredIn;
            this.origin = origin;
        }

        @Override
        Serializable run(Progress progress) throws InterruptedException {
            HealthReport report = HealthCheck.run(withDeclaredFunctions(), progress);
            report.table().forEach(progress::line);
            HealthLog.record(
                    request.environment(), request.access(), report, origin.actor(), origin.buildUrl(), progress);
            return report;
        }

        private HealthRequest withDeclaredFunctions() {
            if (declaredIn == null || !Files.isDirectory(Path.of(declaredIn))) {
                return request;
            }
            return request.withFunctions(SupabaseProject.read(Path.of(declaredIn)).functions().stream()
                    .map(EdgeFunction::slug)
                    .toList());
        }
    }

    @Extension
    public static class DescriptorImpl extends EnvironmentStepDescriptor {
        public static final String defaultDirectory = ReleaseArguments.DEFAULT_DIRECTORY;

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return "Verify the health of a Supabase environment";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        public List<String> getKnownServices() {
            return HealthRequest.SERVICES;
        }

        @POST
        public FormValidation doCheckTimeout(@QueryParameter Integer value) {
            return value == null || value >= 1
                    ? FormValidation.ok()
                    : FormValidation.error("At least 1 second.");
        }
    }
}

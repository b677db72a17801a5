package io.jenkins.plugins.supabase.steps;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.deploy.DeployInputs;
import io.jenkins.plugins.supabase.core.deploy.DeployOptions;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.ReleaseSource;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.pages.BuildRecords;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What steps have in common that compare a release with an environment: their request, and what they keep of a plan. */
abstract class ReleaseExecution extends AgentOperationExecution {
    private static final long serialVersionUID = 1L;

    private final ReleaseArguments arguments;
    private final String step;

    ReleaseExecution(ReleaseStep step, StepContext context) {
        super(context);
        this.arguments = step.arguments();
        this.step = step.getDescriptor().getFunctionName();
    }

    @Override
    final String environmentName() {
        return arguments.environment;
    }

    @Override
    final boolean needsWorkspace() {
        return true;
    }

    /** @return everything but the options and the health check, which are a step's own */
    final DeployRequest request(EnvironmentConfiguration configuration, Access access) throws Exception {
        CredentialLookup lookup = new CredentialLookup(credentials());
        CredentialLookup.Login scratch = configuration.scratchLogin(lookup);
        PipelineVariables variables = PipelineVariables.of(getContext());
        Map<String, SecretText> credentialVariables = new LinkedHashMap<>(variables.secret());
        credentialVariables.putAll(NamedCredentials.resolve(step, "credentials", arguments.credentials, lookup));
        return new DeployRequest(
                configuration.toEnvironment(),
                access,
                configuration.toDeployPolicy(),
                source(variables.branch()),
                DeployOptions.DEFAULT
                        .withSkipFunctions(arguments.skipFunctions)
                        .withPrune(arguments.prune)
                        .withTrace(arguments.trace),
                DeployInputs.NONE
                        .withSecrets(
                                NamedCredentials.resolve(step, "secrets", arguments.secrets, lookup),
                                arguments.secrets == null ? Map.of() : arguments.secrets)
                        .withVariables(variables.plain(), credentialVariables)
                        .withScratch(scratch == null ? null : scratch.user(), scratch == null ? null : scratch.password()),
                null,
                StepArguments.destinations(lookup),
                BuildOrigin.of(getContext().get(Run.class), operationId()),
                ControllerProxy.settings());
    }

    private ReleaseSource source(String branch) throws IOException, InterruptedException {
        if (arguments.release != null) {
            return ReleaseSource.published(arguments.release);
        }
        String directory =
                getContext().get(FilePath.class).child(arguments.directory).getRemote();
        return new ReleaseSource(directory, null, arguments.version, branch);
    }

    /**
     * Keeps a plan and its release with the build: a page, and files to download.
     *
     * @return the address of the page, relative to the build
     */
    final String keep(PlanCallable.Planned planned) throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        FilePath folder = new FilePath(getContext().get(FilePath.class).getChannel(), planned.folder());
        try {
            String page = new BuildRecords(run)
                    .keepPlan(operationId(), arguments.environment, planned.deployment().planJson());
            Map<String, String> artifacts = new LinkedHashMap<>();
            artifacts.put("supabase-delivery/" + page + ".json", PlanCallable.PLAN_FILE);
            if (planned.bundle() != null) {
                artifacts.put("supabase-delivery/releases/" + planned.bundle(), planned.bundle());
            }
            run.pickArtifactManager()
                    .archive(
                            folder,
                            getContext().get(Launcher.class),
                            BuildListenerAdapter.wrap(getContext().get(TaskListener.class)),
                            artifacts);
            return page;
        } finally {
            folder.deleteRecursive();
        }
    }
}

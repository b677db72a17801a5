package io.jenkins.plugins.supabase.steps;

import hudson.model.Run;
import io.jenkins.plugins.supabase.config.ControllerProxy;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.deploy.DeployInputs;
import io.jenkins.plugins.supabase.core.deploy.DeployOptions;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.PlannedDeployment;
import io.jenkins.plugins.supabase.core.deploy.ReleaseSource;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What the executions of these steps have in common: what they ask of the core. */
abstract class PlanningExecution extends AgentOperationExecution {
    private static final long serialVersionUID = 1L;

    private final ReleaseArguments arguments;
    private final String step;

    PlanningExecution(PlanningStep step, StepContext context) {
        super(context);
        this.arguments = step.arguments();
        this.step = step.getDescriptor().getFunctionName();
    }

    @Override
    final String environmentName() {
        return arguments.environment;
    }

    @Override
    final String step() {
        return step;
    }

    final ReleaseArguments arguments() {
        return arguments;
    }

    /** @return everything but the health check */
    final DeployRequest request(
            EnvironmentConfiguration configuration, Access access, ReleaseSource source, DeployOptions options)
            throws Exception {
        CredentialLookup lookup = lookup();
        CredentialLookup.Login scratch = configuration.scratchLogin(lookup);
        PipelineVariables variables = PipelineVariables.of(getContext());
        Map<String, SecretText> credentialVariables = new LinkedHashMap<>(variables.secret());
        credentialVariables.putAll(NamedCredentials.resolve(step, "credentials", arguments.credentials, lookup));
        return new DeployRequest(
                configuration.toEnvironment(),
                access,
                configuration.toDeployPolicy(),
                source,
                options.withSkipFunctions(arguments.skipFunctions)
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

    /** @return with the secrets that the way back of that plan needs */
    static DeployRequest ableToGoBack(DeployRequest request, PlannedDeployment planned, CredentialLookup lookup) {
        return request.withInputs(request.inputs()
                .withPreviousSecrets(NamedCredentials.resolvable(planned.previousSecretCredentials(), lookup)));
    }

    final CredentialLookup lookup() throws IOException, InterruptedException {
        return new CredentialLookup(credentials());
    }

    final KeptDeployment deployment() {
        return new KeptDeployment(getContext(), operationId(), environmentName());
    }
}

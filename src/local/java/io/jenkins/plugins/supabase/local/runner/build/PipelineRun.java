package io.jenkins.plugins.supabase.local.runner.build;

import hudson.AbortException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.promotion.ApprovalDesk;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** One run of a Jenkinsfile. All of it but {@link #interruptions()} belongs to the thread that runs the pipeline. */
public final class PipelineRun {
    private final Console console;
    private final ApprovalDesk desk;
    private final Path workspace;
    private final String user;
    private final EnvironmentVariables variables;
    private final Interruptions interruptions;
    private final BuildState state = new BuildState();
    private final LocalRun build;
    private final Map<String, String> givenParameters;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private Scope scope = Scope.OUTERMOST;

    /**
     * @param environment     what the process has, and what describes the build
     * @param givenParameters values for the build's parameters; without declarations they are taken as text
     * @param folder          of the build's records and artifacts
     * @param desk            where people approve promotions
     */
    public PipelineRun(
            Console console,
            Path workspace,
            String user,
            Map<String, String> environment,
            Map<String, String> givenParameters,
            BuildFolder folder,
            ApprovalDesk desk) {
        this.console = console;
        this.desk = desk;
        this.build = new LocalRun(state, user, folder);
        this.workspace = workspace;
        this.user = user;
        this.variables = new EnvironmentVariables(environment);
        this.interruptions = new Interruptions(Thread.currentThread());
        this.givenParameters = Map.copyOf(givenParameters);
        givenParameters.forEach(this::parameter);
    }

    public Console console() {
        return console;
    }

    /** @return where {@code node} works, an absolute path */
    public Path workspace() {
        return workspace;
    }

    /** @return the id of the person who runs the pipeline */
    public String user() {
        return user;
    }

    public ApprovalDesk desk() {
        return desk;
    }

    public BuildState state() {
        return state;
    }

    public LocalRun build() {
        return build;
    }

    public Interruptions interruptions() {
        return interruptions;
    }

    public Scope scope() {
        return scope;
    }

    public Map<String, String> environment() {
        return variables.with(scope.environment());
    }

    public void assign(String variable, String value) {
        variables.assign(variable, value);
    }

    /** @return the build's parameters, by name */
    public Map<String, Object> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * Gives the parameters that a pipeline declares their values.
     *
     * @throws UsageException if a given value is not allowed, or belongs to no parameter
     */
    public void declare(List<BuildParameter> declared) throws UsageException {
        List<String> names = declared.stream().map(BuildParameter::name).toList();
        for (String given : givenParameters.keySet()) {
            if (!names.contains(given)) {
                throw new UsageException("--param " + given + ": the pipeline declares "
                        + (names.isEmpty() ? "no parameters" : "only the parameters " + names)
                        + NearestName.hint(given, names));
            }
        }
        for (BuildParameter parameter : declared) {
            String given = givenParameters.get(parameter.name());
            try {
                parameter(parameter.name(), given == null ? parameter.defaultValue() : parameter.parse(given));
            } catch (AbortException e) {
                throw new UsageException("--param " + parameter.name() + ": " + e.getMessage());
            }
        }
    }

    /** A parameter is an environment variable too. */
    private void parameter(String name, Object value) {
        parameters.put(name, value);
        variables.assign(name, String.valueOf(value));
    }

    /** Runs what a block step has between its braces. */
    public <T> T block(String label, Scope inner, Callable<T> body) throws Exception {
        console.pipeline(label == null ? "{" : "{ (" + label + ")");
        try {
            return within(inner, body);
        } finally {
            console.pipeline("}");
        }
    }

    public <T> T within(Scope inner, Callable<T> body) throws Exception {
        Scope outer = scope;
        scope = inner;
        try {
            return body.call();
        } finally {
            scope = outer;
        }
    }
}

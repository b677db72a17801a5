package io.jenkins.plugins.supabase.local.runner.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.supabase.local.runner.binding.SymbolCall;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.build.Scope;
import io.jenkins.plugins.supabase.local.runner.credentials.CredentialBinding;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Agent;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Option;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Variable;
import io.jenkins.plugins.supabase.local.runner.step.StepInvoker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What surrounds a pipeline or a stage: an agent, variables, limits. */
final class Surroundings {
    private final StepInvoker steps;
    private final PipelineRun run;
    private final Evaluator evaluator;

    Surroundings(StepInvoker steps, Evaluator evaluator) {
        this.steps = steps;
        this.run = steps.run();
        this.evaluator = evaluator;
    }

    void onAgent(Agent agent, Callable<?> body) throws Exception {
        if (agent == Agent.ANY && run.scope().directory() == null) {
            steps.invoke("node", closure(body));
        } else {
            body.call();
        }
    }

    void withOptions(List<Option> options, Callable<?> body) throws Exception {
        if (options.isEmpty()) {
            body.call();
            return;
        }
        Option first = options.get(0);
        Callable<?> rest = () -> {
            withOptions(options.subList(1, options.size()), body);
            return null;
        };
        switch (first.name()) {
            case "timeout", "retry" -> steps.invoke(first.name(), stepArguments(first), closure(rest));
            default -> rest.call();
        }
    }

    /** Credentials first, whatever the order: the values of other variables may use them. */
    void withVariables(List<Variable> variables, Callable<?> body) throws Exception {
        List<Variable> secrets =
                variables.stream().filter(Variable::credentials).toList();
        List<Variable> others =
                variables.stream().filter(variable -> !variable.credentials()).toList();
        if (secrets.isEmpty()) {
            withValues(others, body);
            return;
        }
        try (CredentialBinding binding =
                new CredentialBinding(run.build(), run.console().mask())) {
            Map<String, String> bound = new LinkedHashMap<>();
            for (Variable secret : secrets) {
                bound.putAll(binding.bind(secret.name(), evaluator.text(secret.value())));
            }
            block("withCredentials", run.scope().with(bound), () -> {
                withValues(others, body);
                return null;
            });
        }
    }

    private void withValues(List<Variable> variables, Callable<?> body) throws Exception {
        if (variables.isEmpty()) {
            body.call();
            return;
        }
        block("withEnv", evaluated(variables), body);
    }

    /** One after another, because a variable's value may use those before it. */
    private Scope evaluated(List<Variable> variables) throws Exception {
        Scope scope = run.scope();
        for (Variable variable : variables) {
            String value = run.within(scope, () -> evaluator.text(variable.value()));
            scope = scope.with(Map.of(variable.name(), value));
        }
        return scope;
    }

    private void block(String step, Scope scope, Callable<?> body) throws Exception {
        run.console().pipeline(step);
        try {
            run.block(null, scope, body);
        } finally {
            run.console().pipeline("// " + step);
        }
    }

    private Object stepArguments(Option option) throws Exception {
        Map<String, Object> arguments = new LinkedHashMap<>(evaluator.arguments(option.arguments()));
        return arguments.containsKey(SymbolCall.SOLE) ? arguments.get(SymbolCall.SOLE) : arguments;
    }

    static Closure<Object> closure(Callable<?> body) {
        return new Closure<Object>(body) {
            @SuppressWarnings("unused") // Groovy calls it by name.
            public Object doCall() throws Exception {
                return body.call();
            }
        };
    }
}

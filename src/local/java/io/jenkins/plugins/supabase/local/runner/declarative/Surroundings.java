package io.jenkins.plugins.supabase.local.runner.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.supabase.local.runner.binding.SymbolCall;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
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

    void withVariables(List<Variable> variables, Callable<?> body) throws Exception {
        if (variables.isEmpty()) {
            body.call();
            return;
        }
        try (CredentialBinding credentials =
                new CredentialBinding(run.build(), run.console().mask())) {
            boolean bindsCredentials = variables.stream().anyMatch(Variable::credentials);
            String step = bindsCredentials ? "withCredentials" : "withEnv";
            run.console().pipeline(step);
            try {
                withVariable(variables, credentials, () -> run.block(null, run.scope(), body));
            } finally {
                run.console().pipeline("// " + step);
            }
        }
    }

    /** One after another, because a variable's value may use those before it. */
    private void withVariable(List<Variable> variables, CredentialBinding credentials, Callable<?> body)
            throws Exception {
        if (variables.isEmpty()) {
            body.call();
            return;
        }
        Variable first = variables.get(0);
        String value = evaluator.text(first.value());
        Map<String, String> bound =
                first.credentials() ? credentials.bind(first.name(), value) : Map.of(first.name(), value);
        run.within(run.scope().with(bound), () -> {
            withVariable(variables.subList(1, variables.size()), credentials, body);
            return null;
        });
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

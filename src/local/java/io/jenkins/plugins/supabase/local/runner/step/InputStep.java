package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;
import io.jenkins.plugins.supabase.local.runner.binding.SymbolCall;
import io.jenkins.plugins.supabase.local.runner.build.BuildParameter;
import io.jenkins.plugins.supabase.local.runner.build.Interruption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code input}: asks whoever runs the pipeline; the answer is a line on standard input. */
final class InputStep {
    private final Answers answers;

    private InputStep(Answers answers) {
        this.answers = answers;
    }

    static RunnerStep step(Answers answers) {
        return new RunnerStep(
                Signature.of("input")
                        .with("message", String.class)
                        .with("id", String.class)
                        .with("ok", String.class)
                        .with("cancel", String.class)
                        .with("submitter", String.class)
                        .with("submitterParameter", String.class)
                        .with("parameters", List.class),
                new InputStep(answers)::run);
    }

    private Object run(StepCall call) throws Exception {
        String message = call.text("message", "Pipeline has paused and needs your input before proceeding");
        refuseOthers(call, message);
        call.console().line(message);
        String ok = call.text("ok", "Proceed");
        boolean proceed = proceeds(call, message, ok);
        if (!proceed) {
            throw Interruption.aborted("Rejected by " + call.run().user());
        }
        call.console().line("Approved by " + call.run().user());
        return values(call, message);
    }

    private static void refuseOthers(StepCall call, String message) throws AbortException {
        List<String> submitters = Arrays.stream(call.text("submitter", "").split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
        if (!submitters.isEmpty() && !submitters.contains(call.run().user())) {
            throw new AbortException("'" + message + "' may be answered by " + String.join(", ", submitters)
                    + ", but the pipeline is run by '" + call.run().user()
                    + "' (groups cannot be resolved without a controller). Run it again with --user and one of them");
        }
    }

    private boolean proceeds(StepCall call, String message, String ok) throws Exception {
        while (true) {
            call.console().ask(ok + " or Abort? (" + call.run().user() + ") ");
            String answer = answer(call, message).toLowerCase(Locale.ROOT);
            if (List.of("proceed", "p", "yes", "y", ok.toLowerCase(Locale.ROOT)).contains(answer)) {
                return true;
            }
            if (List.of("abort", "a", "no", "n").contains(answer)) {
                return false;
            }
            call.console().line("Answer 'proceed' or 'abort'.");
        }
    }

    private String answer(StepCall call, String message) throws Exception {
        Optional<String> line = answers.next();
        if (line.isEmpty()) {
            call.console().endLine();
            throw new AbortException(
                    "'" + message + "' was not answered: standard input has ended. Run the pipeline in a terminal, or"
                            + " pipe the answer ('proceed' or 'abort', then a line for each parameter) into it");
        }
        return line.get().trim();
    }

    /** As on a controller: nothing, the value of a single parameter, or a map of several. */
    private Object values(StepCall call, String message) throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Object declared : call.list("parameters")) {
            if (!(declared instanceof SymbolCall parameter)) {
                throw new AbortException(
                        "input: a parameter is declared like string(name: 'X'), but there is: " + declared);
            }
            BuildParameter definition = BuildParameter.of(parameter.symbol(), parameter.arguments());
            call.console().ask(definition.question());
            String typed = answer(call, message);
            values.put(definition.name(), typed.isEmpty() ? definition.defaultValue() : definition.parse(typed));
        }
        if (call.text("submitterParameter") != null) {
            values.put(call.text("submitterParameter"), call.run().user());
        }
        if (values.isEmpty()) {
            return null;
        }
        return values.size() == 1 ? values.values().iterator().next() : values;
    }
}

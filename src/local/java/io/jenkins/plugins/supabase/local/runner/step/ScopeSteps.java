package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;
import io.jenkins.plugins.supabase.local.runner.build.Scope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps that give what is inside their block another place or other variables. */
final class ScopeSteps {
    private ScopeSteps() {}

    static List<RunnerStep> all() {
        return List.of(
                new RunnerStep(Signature.of("node").with("label", String.class).andBody(), ScopeSteps::node),
                new RunnerStep(Signature.of("stage").with("name", String.class).andBody(), ScopeSteps::stage),
                new RunnerStep(Signature.of("dir").with("path", String.class).andBody(), ScopeSteps::dir),
                new RunnerStep(
                        Signature.of("withEnv").with("overrides", List.class).andBody(), ScopeSteps::withEnv),
                new RunnerStep(
                        Signature.of("timestamps").andBody(),
                        call -> call.runBody(call.run().scope())));
    }

    private static Object node(StepCall call) throws Exception {
        Path workspace = call.run().workspace();
        call.console().line("Running on local in " + workspace);
        Scope scope =
                call.run().scope().in(workspace).with(Map.of("WORKSPACE", workspace.toString(), "NODE_NAME", "local"));
        return call.runBody(scope);
    }

    private static Object stage(StepCall call) throws Exception {
        String name = call.required("name");
        return call.runBody(name, call.run().scope().with(Map.of("STAGE_NAME", name)));
    }

    private static Object dir(StepCall call) throws Exception {
        Path directory = call.directory().resolve(call.required("path")).normalize();
        call.console().line("Running in " + directory);
        return call.runBody(call.run().scope().in(directory));
    }

    private static Object withEnv(StepCall call) throws Exception {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Object override : call.list("overrides")) {
            String text = String.valueOf(override);
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new AbortException("withEnv takes a list of 'NAME=value', but was given '" + text + "'");
            }
            variables.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return call.runBody(call.run().scope().with(variables));
    }
}

package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.local.runner.binding.Binder;
import io.jenkins.plugins.supabase.local.runner.binding.BindingException;
import io.jenkins.plugins.supabase.local.runner.binding.SymbolCall;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Runs a step that a Jenkinsfile calls by name. */
public final class StepInvoker {
    private final StepLibrary library;
    private final PipelineRun run;
    private final Binder binder;

    public StepInvoker(StepLibrary library, PipelineRun run) {
        this.library = library;
        this.run = run;
        this.binder = new Binder(run.console()::line);
    }

    public StepLibrary library() {
        return library;
    }

    public PipelineRun run() {
        return run;
    }

    public Object invoke(String name, Object... given) throws Exception {
        StepArguments arguments = StepArguments.of(name, given);
        RunnerStep own = library.own(name).orElse(null);
        StepDescriptor descriptor = library.ofPlugin(name).orElse(null);
        if (own == null && descriptor == null) {
            return new SymbolCall(name, arguments.values());
        }
        try {
            run.interruptions().check();
            run.console().pipeline(name);
            return own == null ? new PluginStep(descriptor, run).call(arguments) : invokeOwn(own, arguments);
        } catch (InterruptedException e) {
            throw run.interruptions().reasonOf(e);
        } catch (BindingException e) {
            throw new AbortException("The step '" + name + "' cannot be called like this. " + e.getMessage());
        }
    }

    private Object invokeOwn(RunnerStep step, StepArguments arguments) throws Exception {
        Signature signature = step.signature();
        if (signature.takesBody() != (arguments.body() != null)) {
            throw new AbortException(
                    "The step '" + signature.name() + "' takes " + (signature.takesBody() ? "a block" : "no block"));
        }
        StepCall call = new StepCall(run, signature.name(), bind(signature, arguments.values()), arguments.body());
        try {
            return step.action().run(call);
        } finally {
            if (signature.takesBody()) {
                run.console().pipeline("// " + signature.name());
            }
        }
    }

    private Map<String, Object> bind(Signature signature, Map<String, Object> given) throws Exception {
        Map<String, Object> rest = new LinkedHashMap<>(given);
        if (rest.containsKey(SymbolCall.SOLE)) {
            if (signature.sole() == null) {
                throw new BindingException("It takes no argument.");
            }
            rest.put(signature.sole(), rest.remove(SymbolCall.SOLE));
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        for (Parameter parameter : signature.parameters()) {
            Object value = rest.remove(parameter.name());
            if (value != null) {
                bound.put(parameter.name(), coerce(parameter, value));
            }
        }
        for (String unknown : rest.keySet()) {
            run.console()
                    .line("WARNING: Unknown parameter(s) found for class type '" + signature.name() + "': " + unknown
                            + NearestName.hint(unknown, signature.names()));
        }
        return bound;
    }

    private Object coerce(Parameter parameter, Object value) throws Exception {
        try {
            return binder.coerce(parameter.type(), value);
        } catch (BindingException e) {
            throw new BindingException("Argument '" + parameter.name() + "': " + e.getMessage());
        }
    }
}

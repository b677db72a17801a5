package io.jenkins.plugins.supabase.local.runner.script;

import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.Script;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.local.runner.build.BuildParameter;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.declarative.DeclarativePipeline;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel;
import io.jenkins.plugins.supabase.local.runner.step.Groovy;
import io.jenkins.plugins.supabase.local.runner.step.LocalScm;
import io.jenkins.plugins.supabase.local.runner.step.StepInvoker;
import java.util.List;

/** What a compiled Jenkinsfile extends: whatever it calls that it does not define itself is a step. */
public abstract class PipelineScript extends Script {
    /** In front of the name of a step that Groovy's own methods would hide. */
    public static final String STEP_PREFIX = "step:";

    private StepInvoker steps;
    private PipelineModel pipeline;
    private CurrentBuild currentBuild;
    private EnvironmentProperty environment;

    /** @param model null for a scripted pipeline */
    public void prepare(StepInvoker invoker, PipelineModel model) {
        this.steps = invoker;
        this.pipeline = model;
        this.currentBuild = new CurrentBuild(invoker.run().state());
        this.environment = new EnvironmentProperty(invoker.run());
    }

    @Override
    public Object getProperty(String name) {
        if (getBinding().hasVariable(name)) {
            return getBinding().getVariable(name);
        }
        return switch (name) {
            case "env" -> environment;
            case "params" -> steps.run().parameters();
            case "currentBuild" -> currentBuild;
            case "steps" -> this;
            case "scm" -> new LocalScm();
            default -> environmentVariable(name);
        };
    }

    private Object environmentVariable(String name) {
        String variable = steps.run().environment().get(name);
        return variable == null ? super.getProperty(name) : variable;
    }

    /** Called by Groovy for whatever nobody defines. */
    public Object methodMissing(String name, Object given) throws Exception {
        Object[] arguments = (Object[]) given;
        String step = name.startsWith(STEP_PREFIX) ? name.substring(STEP_PREFIX.length()) : name;
        if (getBinding().hasVariable(step) && getBinding().getVariable(step) instanceof Closure<?> closure) {
            return closure.call(arguments);
        }
        if (step.equals("script") && arguments.length == 1 && arguments[0] instanceof Closure<?> closure) {
            return script(closure);
        }
        if (!steps.library().knows(step) && !BuildParameter.Kind.symbols().contains(step)) {
            throw new NoSuchStep(
                    step,
                    getClass(),
                    arguments,
                    NearestName.hint(step, steps.library().names()));
        }
        return steps.invoke(step, arguments);
    }

    private Object script(Closure<?> body) throws Exception {
        PipelineRun run = steps.run();
        run.console().pipeline("script");
        try {
            return run.block(null, run.scope(), () -> Groovy.call(body));
        } finally {
            run.console().pipeline("// script");
        }
    }

    /** What {@code pipeline { … }} was compiled to. */
    public Object runDeclarative(List<Closure<?>> closures) throws Exception {
        new DeclarativePipeline(pipeline, steps).run(closures);
        return null;
    }

    @Override
    public void println() {
        println("");
    }

    @Override
    public void println(Object value) {
        steps.run().console().line(String.valueOf(value));
    }

    @Override
    public void print(Object value) {
        println(value);
    }

    /** A call of something that is neither a step nor anything else. */
    private static final class NoSuchStep extends MissingMethodException {
        private static final long serialVersionUID = 1L;

        private final String hint;

        NoSuchStep(String name, Class<?> type, Object[] arguments, String hint) {
            super(name, type, arguments);
            this.hint = hint;
        }

        @Override
        public String getMessage() {
            return "No such DSL method '" + getMethod() + "' found among the steps of the local runner" + hint;
        }
    }
}

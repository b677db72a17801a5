package io.jenkins.plugins.supabase.local.runner.syntax;

import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel;
import io.jenkins.plugins.supabase.local.runner.script.PipelineScript;
import io.jenkins.plugins.supabase.local.runner.step.Groovy;
import io.jenkins.plugins.supabase.local.runner.step.StepInvoker;
import java.util.List;

/**
 * A Jenkinsfile that can be run.
 *
 * @param pipeline null for a scripted one
 * @param notes    what in it is ignored
 */
public record CompiledJenkinsfile(PipelineScript script, PipelineModel pipeline, List<Problem> notes) {
    public void run(StepInvoker steps) throws Exception {
        script.prepare(steps, pipeline);
        try {
            script.run();
        } catch (Throwable thrown) {
            throw Groovy.asException(Groovy.unwrap(thrown));
        }
    }
}

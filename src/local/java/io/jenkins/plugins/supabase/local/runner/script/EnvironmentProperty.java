package io.jenkins.plugins.supabase.local.runner.script;

import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import java.util.Map;

/** What a Jenkinsfile knows as {@code env}: a missing variable is null, and setting one lasts until the run ends. */
public final class EnvironmentProperty extends GroovyObjectSupport {
    private final PipelineRun run;

    EnvironmentProperty(PipelineRun run) {
        this.run = run;
    }

    @Override
    public Object getProperty(String name) {
        return run.environment().get(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        run.assign(name, value == null ? null : value.toString());
    }

    public Map<String, String> getEnvironment() {
        return run.environment();
    }
}

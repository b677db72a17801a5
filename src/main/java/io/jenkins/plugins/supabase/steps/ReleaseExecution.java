package io.jenkins.plugins.supabase.steps;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.deploy.ReleaseSource;
import io.jenkins.plugins.supabase.pages.BuildRecords;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What the executions of steps with a release of their own have in common: its source, and what they keep of a plan. */
abstract class ReleaseExecution extends PlanningExecution {
    private static final long serialVersionUID = 1L;

    ReleaseExecution(ReleaseStep step, StepContext context) {
        super(step, context);
    }

    @Override
    final boolean needsWorkspace() {
        return true;
    }

    final ReleaseSource source() throws IOException, InterruptedException {
        ReleaseArguments arguments = arguments();
        if (arguments.release != null) {
            return ReleaseSource.published(arguments.release);
        }
        String directory =
                getContext().get(FilePath.class).child(arguments.directory).getRemote();
        String branch = PipelineVariables.of(getContext()).branch();
        return new ReleaseSource(directory, null, arguments.version, branch);
    }

    /**
     * Keeps a plan and its release with the build: a page, and files to download.
     *
     * @return the address of the page, relative to the build
     */
    final String keep(PlanCallable.Planned planned) throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        FilePath folder = new FilePath(getContext().get(FilePath.class).getChannel(), planned.folder());
        try {
            String page = new BuildRecords(run)
                    .keepPlan(operationId(), environmentName(), planned.deployment().planJson());
            Map<String, String> artifacts = new LinkedHashMap<>();
            artifacts.put("supabase-delivery/" + page + ".json", PlanCallable.PLAN_FILE);
            if (planned.bundle() != null) {
                artifacts.put("supabase-delivery/releases/" + planned.bundle(), planned.bundle());
            }
            run.pickArtifactManager()
                    .archive(
                            folder,
                            getContext().get(Launcher.class),
                            BuildListenerAdapter.wrap(getContext().get(TaskListener.class)),
                            artifacts);
            return page;
        } finally {
            folder.deleteRecursive();
        }
    }
}

package hudson.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import jenkins.model.ArtifactManager;
import jenkins.model.RunAction2;
import org.springframework.security.access.AccessDeniedException;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements AccessControlled {
    private final JobT job;
    private Result result;

    protected Run(JobT job, long timestamp) {
        this.job = job;
    }

    public JobT getParent() {
        return job;
    }

    public Result getResult() {
        return result;
    }

    /** As in Jenkins, a result only ever gets worse. */
    public void setResult(Result r) {
        if (result == null || r.isWorseThan(result)) {
            result = r;
        }
    }

    @Override
    public void addAction(Action a) {
        super.addAction(a);
        if (a instanceof RunAction2 attached) {
            attached.onAttached(this);
        }
    }

    public List<Cause> getCauses() {
        return List.of();
    }

    public <T extends Cause> T getCause(Class<T> type) {
        return getCauses().stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }

    /** Nothing outlives the only build. */
    public boolean isBuilding() {
        return true;
    }

    /** The only build of this process is called what Jenkins would call the first one. */
    public String getUrl() {
        return "job/local/1/";
    }

    public String getFullDisplayName() {
        return "local #1";
    }

    public String getExternalizableId() {
        return "local#1";
    }

    /** @return null: without a controller no build is found again */
    public static Run<?, ?> fromExternalizableId(String id) throws IllegalArgumentException, AccessDeniedException {
        return null;
    }

    public final synchronized ArtifactManager pickArtifactManager() throws IOException {
        return new ArtifactManager() {
            @Override
            public void archive(
                    FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
                    throws IOException {
                for (Map.Entry<String, String> artifact : artifacts.entrySet()) {
                    Path target = getRootDir().toPath().resolve("archive").resolve(artifact.getKey());
                    Files.createDirectories(target.getParent());
                    Files.copy(
                            Path.of(workspace.child(artifact.getValue()).getRemote()),
                            target,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        };
    }

    public File getRootDir() {
        throw new UnsupportedOperationException("Without a controller there is no folder of a job's builds");
    }

    /** Keeps nothing: the build ends with this process. */
    public synchronized void save() throws IOException {}
}

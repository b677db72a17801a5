package hudson.model;

import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import jenkins.model.RunAction2;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements AccessControlled {
    private Result result;

    protected Run(JobT job, long timestamp) {}

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

    /** The only build of this process is called what Jenkins would call the first one. */
    public String getUrl() {
        return "job/local/1/";
    }

    public File getRootDir() {
        throw new UnsupportedOperationException("Without a controller there is no folder of a job's builds");
    }

    /** Keeps nothing: the build ends with this process. */
    public synchronized void save() throws IOException {}
}

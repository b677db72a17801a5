package hudson.model;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable {
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
}

package io.jenkins.plugins.supabase.pages;

import hudson.model.Run;
import java.io.IOException;
import java.util.List;

/** What steps leave beside a build for people and machines to look at. */
public final class BuildRecords {
    private final Run<?, ?> run;

    public BuildRecords(Run<?, ?> run) {
        this.run = run;
    }

    /**
     * Keeps a plan and gives it a page; an earlier one of the same operation is replaced.
     *
     * @param id   of the operation
     * @param json as {@code PlanJson} writes it, so without secrets
     * @return the address of its page, relative to the build
     */
    public String keepPlan(String id, String environment, String json) throws IOException {
        String page = keep(PlanPage.class, new PlanPage(id, environment), json);
        EnvironmentNews.all().forEach(news -> news.planned(environment, json, run.getUrl() + page + "/"));
        return page;
    }

    /** Like {@link #keepPlan}, for where a way back leads; {@code json} as {@code RollbackPlan} writes it. */
    public String keepRollbackPlan(String id, String environment, String json) throws IOException {
        return keep(RollbackPage.class, new RollbackPage(id, environment), json);
    }

    /** Like {@link #keepPlan}, for what a deployment did so far. */
    public String keepDeployment(String id, DeploymentRecord record) throws IOException {
        String page = keep(DeploymentPage.class, new DeploymentPage(id, record.environment()), record.json());
        EnvironmentNews.all().forEach(news -> news.deployed(record.environment()));
        return page;
    }

    /** Like {@link #keepPlan}, for what became of a backup so far. */
    public String keepBackup(String id, BackupRecord record) throws IOException {
        String page = keep(BackupPage.class, new BackupPage(id, record.environment(), record.step()), record.json());
        EnvironmentNews.all().forEach(news -> news.backedUp(record.environment()));
        return page;
    }

    private <T extends RecordPage> String keep(Class<T> type, T fresh, String json) throws IOException {
        synchronized (run) {
            T page = place(type, fresh);
            page.write(json);
            return page.getUrlName();
        }
    }

    /**
     * Gives the build a page, unless it has one of that kind about the same operation.
     *
     * @return the page that the build has then
     */
    public <T extends BuildPage> T place(Class<T> type, T fresh) throws IOException {
        // Branches of one build may come here at once: the numbers must not be given twice.
        synchronized (run) {
            List<T> pages = run.getActions(type);
            for (T page : pages) {
                if (page.getId().equals(fresh.getId())) {
                    return page;
                }
            }
            fresh.setNumber(pages.size() + 1);
            run.addAction(fresh);
            run.save();
            return fresh;
        }
    }
}

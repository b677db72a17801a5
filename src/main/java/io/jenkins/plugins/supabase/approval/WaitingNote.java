package io.jenkins.plugins.supabase.approval;

import hudson.model.Run;
import java.io.Serializable;

/** What finds a promotion that waits, and names it, without its build. No record: XStream restores none. */
final class WaitingNote implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String build;
    private final String folder;
    private final String page;
    private final String url;
    private final String environment;
    private final String from;
    private final String releaseVersion;

    private WaitingNote(ApprovalPage page, Run<?, ?> run) {
        this.id = page.getId();
        this.build = run.getExternalizableId();
        this.folder = run.getRootDir().getAbsolutePath();
        this.page = page.getUrlName();
        this.url = run.getUrl() + page.getUrlName() + "/";
        this.environment = page.getEnvironment();
        this.from = page.getFrom();
        this.releaseVersion = page.getReleaseVersion();
    }

    static WaitingNote of(ApprovalPage page) {
        return new WaitingNote(page, page.getObject());
    }

    /** @return of the operation */
    String id() {
        return id;
    }

    /** @return the build, as Jenkins tells it from all others */
    String build() {
        return build;
    }

    String job() {
        return build.substring(0, build.lastIndexOf('#'));
    }

    /** @return the build's folder, where it was when this was written */
    String folder() {
        return folder;
    }

    /** @return the name of its page */
    String page() {
        return page;
    }

    String url() {
        return url;
    }

    String environment() {
        return environment;
    }

    String from() {
        return from;
    }

    String releaseVersion() {
        return releaseVersion;
    }
}

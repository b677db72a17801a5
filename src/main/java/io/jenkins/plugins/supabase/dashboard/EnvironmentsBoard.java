package io.jenkins.plugins.supabase.dashboard;

import hudson.model.Action;
import hudson.security.AccessControlled;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.pages.TaggedJson;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** The page of environments, of all or of those that a folder's jobs deploy to. */
public abstract class EnvironmentsBoard implements Action, StaplerProxy {
    static final String URL = "supabase-environments";

    abstract AccessControlled place();

    /** @return address of the place relative to the root of Jenkins; empty for Jenkins itself */
    abstract String address();

    /** @return null for those who may not see environments, so that there is no link */
    @Override
    public final String getIconFileName() {
        return Permissions.mayView(place()) ? "symbol-supabase-environments plugin-supabase-delivery" : null;
    }

    @Override
    public final String getDisplayName() {
        return "Environments";
    }

    @Override
    public final String getUrlName() {
        return URL;
    }

    /** Every view and every web method of the page, and of those below it, goes through here. */
    @Override
    public final Object getTarget() {
        check();
        return this;
    }

    final void check() {
        Permissions.checkView(place());
    }

    final Viewer viewer() {
        return new Viewer(Jenkins.getAuthentication2(), address());
    }

    final List<Snapshot> snapshots() {
        return Snapshots.get().all().stream().filter(this::shows).toList();
    }

    private boolean shows(Snapshot snapshot) {
        return address().isEmpty()
                || snapshot.summary().jobs().stream().anyMatch(job -> BuildAddress.isIn(address(), job));
    }

    /** @return of a page of the history; null for the first */
    public final Board board(String page) {
        check();
        return Board.of(snapshots(), viewer(), Parameters.number(page, 1));
    }

    public final TimeView getTimes() {
        return new TimeView();
    }

    public final boolean isRoot() {
        return address().isEmpty();
    }

    public final boolean isConfigurable() {
        return Jenkins.get().hasPermission(Permissions.CONFIGURE);
    }

    /** @return the page of one environment; null where it is not to be seen here */
    public final EnvironmentPage getEnvironment(String name) {
        check();
        return snapshots().stream()
                .filter(snapshot -> snapshot.name().equals(name))
                .findFirst()
                .map(snapshot -> new EnvironmentPage(this, snapshot))
                .orElse(null);
    }

    public final ComparePage getCompare() {
        check();
        return new ComparePage(this);
    }

    public final AuditPage getAudit() {
        check();
        return new AuditPage(this);
    }

    /** What the page shows, for its script and for other machines; asked again with its ETag, sent only when changed. */
    @GET
    public final void doJson(@QueryParameter String page, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException {
        TaggedJson.answer(request.getHeader("If-None-Match"), response, Json.of(board(page)));
    }

    /** Lets the ledgers be read now; the page shows what they say as soon as they have been. */
    @POST
    public final void doRefresh(StaplerResponse2 response) {
        check();
        snapshots().forEach(snapshot -> Snapshots.get().refresh(snapshot.name()));
        response.setStatus(StaplerResponse2.SC_ACCEPTED);
    }
}

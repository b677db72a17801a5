package io.jenkins.plugins.supabase.dashboard;

import hudson.model.ModelObject;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.core.ledger.HistoryQuery.Order;
import io.jenkins.plugins.supabase.pages.TaggedJson;
import io.jenkins.plugins.supabase.pages.WaitingGates;
import java.io.IOException;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** One environment with all of its history. */
public final class EnvironmentPage implements ModelObject, StaplerProxy {
    private final EnvironmentsBoard board;
    private final Snapshot snapshot;

    EnvironmentPage(EnvironmentsBoard board, Snapshot snapshot) {
        this.board = board;
        this.snapshot = snapshot;
    }

    @Override
    public Object getTarget() {
        board.check();
        return this;
    }

    @Override
    public String getDisplayName() {
        return snapshot.name();
    }

    public Card getCard() {
        return Card.of(
                snapshot, ControllerNews.get().drift(snapshot.name()), WaitingGates.all(), board.viewer());
    }

    public TimeView getTimes() {
        return new TimeView();
    }

    public boolean isRestorable() {
        return board.place().hasPermission(Permissions.RESTORE);
    }

    public RecoveryPage getRecovery() {
        board.check();
        return new RecoveryPage(board, snapshot);
    }

    /**
     * What stands in the address; null for what does not.
     *
     * @param sort an {@link Order} in lower case
     */
    public History history(String sort, String descending, String after) {
        board.check();
        return History.of(
                snapshot,
                board.viewer(),
                Parameters.word(sort, Order.NUMBER),
                !"false".equals(descending),
                Parameters.number(after, 0L));
    }

    @GET
    public void doJson(
            @QueryParameter String sort,
            @QueryParameter String descending,
            @QueryParameter String after,
            StaplerRequest2 request,
            StaplerResponse2 response)
            throws IOException {
        TaggedJson.answer(
                request.getHeader("If-None-Match"), response, Json.of(history(sort, descending, after)));
    }
}

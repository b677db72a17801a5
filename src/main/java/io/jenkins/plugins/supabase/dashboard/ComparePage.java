package io.jenkins.plugins.supabase.dashboard;

import hudson.model.ModelObject;
import io.jenkins.plugins.supabase.pages.TaggedJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** Two environments beside each other: what a promotion would change. */
public final class ComparePage implements ModelObject, StaplerProxy {
    private final EnvironmentsBoard board;

    ComparePage(EnvironmentsBoard board) {
        this.board = board;
    }

    @Override
    public Object getTarget() {
        board.check();
        return this;
    }

    @Override
    public String getDisplayName() {
        return "Compare";
    }

    public List<String> getNames() {
        return board.snapshots().stream().map(Snapshot::name).toList();
    }

    public TimeView getTimes() {
        return new TimeView();
    }

    /** @return null until two environments are chosen */
    public ComparisonView comparison(String from, String to) {
        board.check();
        Optional<Snapshot> source = find(from);
        Optional<Snapshot> target = find(to);
        return source.isEmpty() || target.isEmpty() || source.equals(target)
                ? null
                : ComparisonView.of(source.get(), target.get());
    }

    private Optional<Snapshot> find(String name) {
        return board.snapshots().stream()
                .filter(snapshot -> snapshot.name().equals(name))
                .findFirst();
    }

    @GET
    public void doJson(
            @QueryParameter String from, @QueryParameter String to, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException {
        ComparisonView view = comparison(from, to);
        if (view == null) {
            response.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        TaggedJson.answer(request.getHeader("If-None-Match"), response, Json.of(view));
    }

}

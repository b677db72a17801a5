package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.pages.TaggedJson;
import java.io.IOException;
import java.util.Optional;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** Two environments beside each other: what a promotion would change. */
public final class ComparePage extends BoardPage {
    ComparePage(EnvironmentsBoard board) {
        super(board, "Compare");
    }

    /** @return null until two environments are chosen */
    public ComparisonView comparison(String from, String to) {
        Optional<Snapshot> source = find(from);
        Optional<Snapshot> target = find(to);
        return source.isEmpty() || target.isEmpty() || source.equals(target)
                ? null
                : ComparisonView.of(source.get(), target.get());
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

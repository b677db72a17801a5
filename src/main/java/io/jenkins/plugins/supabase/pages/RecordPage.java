package io.jenkins.plugins.supabase.pages;

import hudson.model.Item;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** A page that shows the record of one step, which is a file beside the build. */
public abstract class RecordPage extends BuildPage {
    private static final Logger LOGGER = Logger.getLogger(RecordPage.class.getName());

    RecordPage(String id, String environment) {
        super(id, environment);
    }

    final void write(String json) throws IOException {
        file().write(json);
    }

    /** @return null if it was deleted or cannot be read */
    final String json() {
        try {
            return file().read();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "A record of " + getObject().getUrl() + " cannot be read", e);
            return null;
        }
    }

    private RecordFile file() {
        return new RecordFile(getObject().getRootDir().toPath(), getUrlName() + ".json");
    }

    /** The record itself, for machines; asked again with its ETag, it is only sent when it has changed. */
    @GET
    public final void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        getObject().checkPermission(Item.READ);
        answer(request.getHeader("If-None-Match"), response);
    }

    /** @param known the tag of what the client has; null if it has nothing */
    final void answer(String known, HttpServletResponse response) throws IOException {
        String json = json();
        if (json == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        TaggedJson.answer(known, response, json);
    }
}

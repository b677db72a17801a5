package io.jenkins.plugins.supabase.pages;

import hudson.model.Item;
import hudson.model.Run;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * A page of a build that shows the record of one step. The record is a file beside the build; of it {@code build.xml}
 * keeps only what finds and names it.
 */
public abstract class RecordPage implements RunAction2, StaplerProxy {
    private static final Logger LOGGER = Logger.getLogger(RecordPage.class.getName());

    private final String id;
    private final String environment;
    private int number;

    private transient Run<?, ?> run;

    /** @param id of the operation: its plan and its deployment have the same */
    RecordPage(String id, String environment) {
        this.id = id;
        this.environment = environment;
    }

    /** @return the word before the record's number in its address and in its file's name */
    abstract String kind();

    /** @return what it is a record of, before the environment's name */
    abstract String title();

    public final String getId() {
        return id;
    }

    public final String getEnvironment() {
        return environment;
    }

    /** @param number counts the records of one kind in one build, from 1 */
    final void setNumber(int number) {
        this.number = number;
    }

    /** @return under its name for the layout of a build's pages */
    public final Run<?, ?> getObject() {
        return run;
    }

    @Override
    public final String getUrlName() {
        return number == 1 ? kind() : kind() + "-" + number;
    }

    /** @return whether to tell this page from others of the same name */
    private boolean isOneOfSeveral() {
        return run != null
                && run.getActions(getClass()).stream()
                                .filter(page -> page.getEnvironment().equals(environment) && page.title().equals(title()))
                                .count()
                        > 1;
    }

    @Override
    public final String getDisplayName() {
        return title() + ": " + environment + (isOneOfSeveral() ? " (" + number + ")" : "");
    }

    @Override
    public final void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public final void onLoad(Run<?, ?> r) {
        run = r;
    }

    /** Every view and every web method of the page goes through here. */
    @Override
    public final Object getTarget() {
        run.checkPermission(Item.READ);
        return this;
    }

    final void write(String json) throws IOException {
        file().write(json);
    }

    /** @return null if it was deleted or cannot be read */
    final String json() {
        try {
            return file().read();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "A record of " + run.getUrl() + " cannot be read", e);
            return null;
        }
    }

    private RecordFile file() {
        return new RecordFile(run.getRootDir().toPath(), getUrlName() + ".json");
    }

    /** @return the page of another kind about the same operation; null where there is none */
    final <T extends RecordPage> T companion(Class<T> type) {
        return run.getActions(type).stream()
                .filter(page -> page.getId().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The record itself, for machines; asked again with its ETag, it is only sent when it has changed. */
    @GET
    public final void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        run.checkPermission(Item.READ);
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

package io.jenkins.plugins.supabase.pages;

import hudson.model.Item;
import hudson.model.Run;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerProxy;

/** A page of a build about what one step does to an environment. {@code build.xml} keeps only what finds and names it. */
public abstract class BuildPage implements RunAction2, StaplerProxy {
    private final String id;
    private final String environment;
    private int number;

    private transient Run<?, ?> run;

    /** @param id of the operation: all pages about it have the same */
    protected BuildPage(String id, String environment) {
        this.id = id;
        this.environment = environment;
    }

    /** @return the word before the page's number in its address and in the name of its file */
    protected abstract String kind();

    /** @return what it is about, before the environment's name */
    protected abstract String title();

    public final String getId() {
        return id;
    }

    public final String getEnvironment() {
        return environment;
    }

    /** @param number counts the pages of one kind in one build, from 1 */
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

    /** @return whether this page itself knows that what it is about goes past conditions of a gate */
    protected boolean knowsOfEmergency() {
        return false;
    }

    /** @return whether what it is about goes past conditions of a gate, as any page about the same operation knows */
    public final boolean isEmergency() {
        return knowsOfEmergency()
                || run != null
                        && run.getActions(BuildPage.class).stream()
                                .anyMatch(page -> page.id.equals(id) && page.knowsOfEmergency());
    }

    /** @return the page of another kind about the same operation; null where there is none */
    protected final <T extends BuildPage> T companion(Class<T> type) {
        return run.getActions(type).stream()
                .filter(page -> page.getId().equals(id))
                .findFirst()
                .orElse(null);
    }
}

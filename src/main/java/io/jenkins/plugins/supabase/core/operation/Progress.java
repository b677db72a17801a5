package io.jenkins.plugins.supabase.core.operation;

/** Where an operation tells a person what it is doing: the build log in Jenkins, standard output in the local runner. */
@FunctionalInterface
public interface Progress {
    /** @param text one line without a line break and without secrets; may be called from several threads */
    void line(String text);
}

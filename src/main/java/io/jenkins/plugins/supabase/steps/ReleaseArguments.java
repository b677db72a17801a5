package io.jenkins.plugins.supabase.steps;

import java.io.Serializable;
import java.util.LinkedHashMap;

/**
 * What a Jenkinsfile says of a release and its environment. Kept with the step's execution, so it holds the ids of
 * credentials alone.
 *
 * <p>No record: Pipeline stores it with JBoss Marshalling, which restores records only in its newer versions.
 */
final class ReleaseArguments implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String DEFAULT_DIRECTORY = "supabase";

    final String environment;
    String directory = DEFAULT_DIRECTORY;
    /** Version or digest of a published release; null for one of the folder. */
    String release;
    /** Null for the one that follows from the commit. */
    String version;
    boolean skipFunctions;
    boolean prune;
    boolean trace;
    /** Credential id by secret of the edge functions; null for none. */
    LinkedHashMap<String, String> secrets;
    /** Credential id by variable of {@code env(NAME)}; null for none. */
    LinkedHashMap<String, String> credentials;

    ReleaseArguments(String environment) {
        this.environment = environment;
    }
}

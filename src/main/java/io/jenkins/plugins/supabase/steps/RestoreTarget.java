package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreMode;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.environment.EnvironmentSettings;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The database that a Jenkinsfile wants a backup in: a new one on the server of an environment, or anywhere else, or
 * the environment's own one.
 *
 * <p>No record, see {@link ReleaseArguments}.
 */
final class RestoreTarget implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern DATABASE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");
    private static final int DEFAULT_PORT = 5432;

    private final String step;
    /** An environment, with {@link #database} for a new one; or null. */
    private final String to;
    private final String database;
    /** With {@link #credentialsId}; or null. */
    private final String databaseUrl;
    private final String credentialsId;
    private final boolean inPlace;
    /** Whether no database is meant at all. */
    private final boolean none;

    /**
     * @param none whether no database is meant: the environment, where there is one, is that of the storage
     * @throws AbortException unless it is one of these, and usable
     */
    RestoreTarget(
            String step,
            RestoreMode mode,
            boolean none,
            String to,
            String database,
            String databaseUrl,
            String credentialsId)
            throws AbortException {
        this.step = step;
        this.to = to;
        this.database = database;
        this.databaseUrl = databaseUrl;
        this.credentialsId = credentialsId;
        this.inPlace = mode == RestoreMode.IN_PLACE;
        this.none = none;
        if (none) {
            return;
        }
        if (inPlace) {
            if (to == null || database != null || databaseUrl != null || credentialsId != null) {
                throw new AbortException(step + " in place needs the environment whose database is replaced, and"
                        + " nothing else, as in mode: 'inPlace', to: 'staging'. Nothing was done.");
            }
            return;
        }
        boolean server = to != null && database != null && databaseUrl == null && credentialsId == null;
        boolean address = to == null && database == null && databaseUrl != null && credentialsId != null;
        if (!server && !address) {
            throw new AbortException(step + " needs either to and database, as in to: 'staging', database:"
                    + " 'restored', or"
                    + " databaseUrl and databaseCredentialsId. Nothing was done.");
        }
        if (server && !DATABASE.matcher(database).matches()) {
            throw new AbortException(step + " was given database: '" + database + "', which is no name of a"
                    + " database: it has"
                    + " letters, digits, hyphens and underscores. Nothing was done.");
        }
        if (address) {
            requireUsable();
        }
    }

    private void requireUsable() throws AbortException {
        for (SettingProblem problem : new EnvironmentSettings("restored", null, null, null, databaseUrl).problems()) {
            if (problem.field().equals("databaseUrl")) {
                throw new AbortException(
                        step + " was given a databaseUrl that cannot be used: " + problem.message() + " Nothing was"
                                + " done.");
            }
        }
    }

    /** @throws DeliveryException where there is no such environment */
    Environment environment() {
        if (databaseUrl != null) {
            return new Environment("restored", null, null, null, databaseUrl);
        }
        Environment server = configured().toEnvironment();
        if (inPlace || none) {
            return server;
        }
        URI uri = URI.create(server.databaseUrl().trim());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new Environment(
                to, null, null, null, uri.getScheme() + "://" + uri.getRawAuthority() + "/" + database + query);
    }

    /** @return the environment on whose server it is; not for a databaseUrl */
    EnvironmentConfiguration configured() {
        return SupabaseDeliveryConfiguration.get().environment(to);
    }

    /** @throws DeliveryException if a credential cannot be used */
    Access access(CredentialSource source) {
        if (to != null) {
            return new EnvironmentCredentials(configured(), source).databaseOnly();
        }
        CredentialLookup.Login login =
                new CredentialLookup(source).login(step, "databaseCredentialsId", credentialsId);
        return new Access(null, login.user(), login.password(), null);
    }

    /** @return whether a database is meant */
    boolean isDatabase() {
        return !none;
    }

    /** @return whether objects can be put into its storage */
    boolean hasStorage() {
        return to != null;
    }

    boolean isInPlace() {
        return inPlace;
    }

    /** @return whether it is on a server with a database that real users depend on */
    boolean isProtected() {
        if (none && to == null) {
            return false;
        }
        String server = server(environment());
        return SupabaseDeliveryConfiguration.get().getEnvironments().stream()
                .filter(environment -> environment.toDeployPolicy().production())
                .anyMatch(environment -> server(environment.toEnvironment()).equals(server));
    }

    /** @return whether the Jenkinsfile alone says where it is */
    boolean isElsewhere() {
        return databaseUrl != null;
    }

    /** @return whether it is on the server of the environment, by that environment's name */
    boolean isOf(String environment) {
        return environment.equals(to);
    }

    private static String server(Environment environment) {
        URI uri = URI.create(environment.databaseUrl().trim());
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":"
                + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    /** @return what somebody must have typed for an environment's database to be replaced */
    static String replacing(String environment) {
        return "replace " + environment;
    }

    /** @return what somebody must have typed for it to be touched, where it is protected or replaced */
    String confirmation() {
        if (inPlace) {
            return replacing(to);
        }
        if (none) {
            return to + "/storage";
        }
        return to == null ? URI.create(databaseUrl.trim()).getRawPath().replaceFirst("^/", "") : to + "/" + database;
    }

    /** @return for people, without a user */
    String address() {
        if (none) {
            return to == null ? "a folder" : "the storage of " + to;
        }
        Environment target = environment();
        return server(target) + URI.create(target.databaseUrl().trim()).getRawPath();
    }
}

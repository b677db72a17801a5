package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What of an environment is backed up. The database always is: the rest is checked against it. */
public enum BackupScope {
    DATABASE,
    STORAGE,
    CONFIG;

    /** @return as a Jenkinsfile spells it */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param words null or empty for whatever is configured
     * @return null for that
     * @throws DeliveryException for a word that is none, and where the database is not among them
     */
    public static Set<BackupScope> parse(Collection<String> words) {
        if (words == null || words.isEmpty()) {
            return null;
        }
        Set<BackupScope> scopes = EnumSet.noneOf(BackupScope.class);
        for (String word : words) {
            try {
                scopes.add(valueOf(word.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new DeliveryException("\"" + word + "\" is no part of a backup, so that nothing was done. There"
                        + " are database, storage and config.");
            }
        }
        if (!scopes.contains(DATABASE)) {
            throw new DeliveryException("A backup without the database was asked for ("
                    + scopes.stream().map(BackupScope::word).collect(Collectors.joining(", "))
                    + "), and nothing was done: storage objects are checked against the database's list of them, and"
                    + " whoever restores the newest backup must find the database in it. Add database.");
        }
        return scopes;
    }

    /** What is backed up, and why the rest is not, a sentence each. */
    record Choice(Set<BackupScope> scopes, List<String> notes) {}

    /**
     * @param wanted null for whatever is configured
     * @throws DeliveryException where something is wanted that is not configured
     */
    static Choice choose(Set<BackupScope> wanted, Environment environment, Access access) {
        Set<BackupScope> scopes = EnumSet.of(DATABASE);
        List<String> notes = new ArrayList<>();
        boolean management = environment.hostedProject().isPresent() && access.accessToken() != null;
        boolean storage = environment.projectUrl() != null && (access.apiKey() != null || management);
        String lacking = "The backup holds no %s: %s.";
        if (wanted != null && !wanted.contains(STORAGE)) {
            notes.add(lacking.formatted("storage objects", "they were not asked for"));
        } else if (storage) {
            scopes.add(STORAGE);
        } else {
            notes.add(lacking.formatted("storage objects", "the environment has no "
                    + (environment.projectUrl() == null
                            ? "projectUrl"
                            : "apiKeyCredentialsId, nor an access token that could look the key up")));
        }
        if (wanted != null && !wanted.contains(CONFIG)) {
            notes.add(lacking.formatted("configuration of the project", "it was not asked for"));
        } else if (management) {
            scopes.add(CONFIG);
        } else {
            notes.add(lacking.formatted("configuration of the project", "the environment has no "
                    + (environment.hostedProject().isEmpty() ? "projectRef" : "accessTokenCredentialsId")));
        }
        if (wanted != null && !scopes.containsAll(wanted)) {
            throw new DeliveryException("Not all of what was asked for can be backed up, and nothing was done. "
                    + String.join(" ", notes) + " Let an administrator add that, or leave it out of parts.");
        }
        return new Choice(scopes, notes);
    }
}

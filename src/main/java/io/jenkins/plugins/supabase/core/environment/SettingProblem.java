package io.jenkins.plugins.supabase.core.environment;

/**
 * Why one field of an environment cannot be used.
 *
 * @param field   as it is named in the configuration file
 * @param message a sentence with the way out
 */
public record SettingProblem(String field, String message) {
    public String describe() {
        return field + ": " + message;
    }
}

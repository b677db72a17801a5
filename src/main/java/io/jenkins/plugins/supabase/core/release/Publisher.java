package io.jenkins.plugins.supabase.core.release;

/**
 * Who publishes a release.
 *
 * @param name  of a person or job; null where nobody is known
 * @param build address of the build; null where there is none
 */
public record Publisher(String name, String build) {}

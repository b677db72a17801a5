package io.jenkins.plugins.supabase.core.project;

import java.nio.file.Path;

/**
 * A file that is uploaded with an edge function.
 *
 * @param name its path relative to the folder that holds {@code supabase/}, with forward slashes
 * @param path where it is read from
 * @param size in bytes, when the project was read
 */
public record SourceFile(String name, Path path, long size) {}

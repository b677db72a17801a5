package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.FunctionSources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The sources of a live function as they were once uploaded, found from what the platform gives back. It keeps them in
 * a folder of its own ({@code /tmp/user_fn_<ref>_<id>_<version>/source/}), reports entry point and import map as
 * addresses in it, and says nothing of static files: every file that is no script counts as one.
 *
 * @param entrypoint name of a file
 * @param importMap  name of a file; null where there is none
 * @param files      content by name, sorted
 */
record OriginalSources(String entrypoint, String importMap, Map<String, byte[]> files) {
    private static final Pattern PLATFORM_FOLDER = Pattern.compile("^(file://)?/*(tmp/user_fn_[^/]*/)?");
    private static final Pattern SCRIPT = Pattern.compile(".*\\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)");
    private static final String SOURCE = "source/";

    /** @throws IncompleteSourcesException when a bundle made of them would be another */
    static OriginalSources of(DeployedFunction live, FunctionSources downloaded) throws IncompleteSourcesException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        downloaded.files().forEach((name, content) -> files.put(inFolder(name), content));
        if (files.isEmpty()) {
            throw new IncompleteSourcesException("the platform gives back no source files");
        }
        boolean nested = files.keySet().stream().allMatch(name -> name.startsWith(SOURCE));
        String said = downloaded.entrypointPath() == null ? live.entrypointPath() : downloaded.entrypointPath();
        String entrypoint = find(said, files.keySet());
        if (entrypoint == null) {
            throw new IncompleteSourcesException("its entry point is not among the source files that come back");
        }
        String importMap = live.importMapPath() == null || live.importMapPath().isEmpty()
                ? null
                : find(live.importMapPath(), files.keySet());
        if (importMap == null && (hasImportMap(live))) {
            throw new IncompleteSourcesException("its import map is not among the source files that come back");
        }
        Map<String, byte[]> named = new TreeMap<>();
        files.forEach((name, content) -> named.put(outOf(nested, name), content));
        return new OriginalSources(
                outOf(nested, entrypoint), importMap == null ? null : outOf(nested, importMap), named);
    }

    private static boolean hasImportMap(DeployedFunction live) {
        return Boolean.TRUE.equals(live.importMap())
                || (live.importMapPath() != null && !live.importMapPath().isEmpty());
    }

    private static String inFolder(String path) {
        return PLATFORM_FOLDER.matcher(path).replaceFirst("");
    }

    private static String outOf(boolean nested, String name) {
        return nested ? name.substring(SOURCE.length()) : name;
    }

    /** An address may lie deeper than the names, or the names deeper than the address. */
    private static String find(String path, Collection<String> names) {
        if (path == null) {
            return null;
        }
        String wanted = inFolder(path);
        if (names.contains(wanted)) {
            return wanted;
        }
        return names.stream()
                .filter(name -> wanted.endsWith("/" + name) || name.endsWith("/" + wanted))
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** @return names of files that nothing imports: what is uploaded as a pattern of itself */
    List<String> staticFiles() {
        List<String> names = new ArrayList<>();
        files.keySet().stream()
                .filter(name -> !SCRIPT.matcher(name).matches() && !name.equals(importMap))
                .forEach(names::add);
        return names;
    }

    long bytes() {
        return files.values().stream().mapToLong(content -> content.length).sum();
    }
}

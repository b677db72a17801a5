package io.jenkins.plugins.supabase.core.project;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What stands between the quotes of an import. A specifier that means a file is turned into {@code file:} and the
 * absolute path with forward slashes, so that import maps can compare it as text; everything else stays as written.
 */
final class Specifiers {
    private static final String FILE = "file:";
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private Specifiers() {}

    static boolean hasScheme(String specifier) {
        return SCHEME.matcher(specifier).matches();
    }

    static boolean isFile(String resolved) {
        return resolved.startsWith(FILE);
    }

    static String ofFile(Path file) {
        return FILE + file.toString().replace(File.separatorChar, '/');
    }

    static Path toPath(String resolved) {
        return Path.of(resolved.substring(FILE.length()).replaceFirst("^//+", "/"));
    }

    /** @param importer the file that holds the specifier, absolute and normalised */
    static String resolve(String specifier, Path importer) {
        if (relative(specifier)) {
            String file = ofFile(importer.resolveSibling(specifier).normalize());
            return specifier.endsWith("/") ? file + "/" : file;
        }
        return specifier.startsWith("/") ? FILE + specifier : specifier;
    }

    /** @param address ends with a slash where the import map is right */
    static String append(String address, String rest) {
        return isFile(address) ? ofFile(toPath(address + rest).normalize()) : address + rest;
    }

    private static boolean relative(String specifier) {
        return specifier.equals(".")
                || specifier.equals("..")
                || specifier.startsWith("./")
                || specifier.startsWith("../");
    }
}

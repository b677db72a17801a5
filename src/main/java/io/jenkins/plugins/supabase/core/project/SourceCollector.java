package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.ImportScanner.Import;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects the files of one function by following its imports from the entry point.
 *
 * <p>The Supabase CLI 3.1.0 (seen by recording what it sends) also uploads what comments and strings seem to import,
 * every target of the import map and whole folders behind aliases such as {@code @shared/}, their {@code .env} files
 * included, and only warns when a file is missing. Here only what is imported is uploaded, and a missing file stops
 * the deployment before it begins.
 */
final class SourceCollector {
    private static final Set<String> SCRIPTS = Set.of("ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs");

    private final ProjectFolder folder;
    private final ImportMap importMap;
    private final List<String> warnings;
    private final SortedMap<String, SourceFile> files = new TreeMap<>();
    private final Deque<Path> unscanned = new ArrayDeque<>();

    SourceCollector(ProjectFolder folder, ImportMap importMap, List<String> warnings) {
        this.folder = folder;
        this.importMap = importMap;
        this.warnings = warnings;
    }

    void add(Path file) throws IOException {
        String name = folder.nameOf(file);
        if (files.putIfAbsent(name, new SourceFile(name, file, Files.size(file))) == null) {
            unscanned.push(file);
        }
    }

    /** Adds a file whose own imports do not matter. */
    void addAsset(Path file) throws IOException {
        String name = folder.nameOf(file);
        files.putIfAbsent(name, new SourceFile(name, file, Files.size(file)));
    }

    List<SourceFile> collect() throws IOException {
        while (!unscanned.isEmpty()) {
            Path file = unscanned.pop();
            if (SCRIPTS.contains(extension(file))) {
                for (Import found : ImportScanner.scan(Text.read(file, folder.nameOf(file)))) {
                    follow(found, file);
                }
            }
        }
        return List.copyOf(files.values());
    }

    private void follow(Import found, Path importer) throws IOException {
        if (found.specifier() == null) {
            String where = "%s line %d".formatted(folder.nameOf(importer), found.line());
            String warning = where + " imports a computed name, which cannot be followed: it must be a literal for the "
                    + "file to be deployed with the function.";
            if (!warnings.contains(warning)) {
                warnings.add(warning);
            }
            return;
        }
        String specifier = found.specifier().strip();
        if (specifier.startsWith("file:")) {
            throw outside(found, importer);
        }
        Path file;
        boolean absolute;
        try {
            String resolved = importMap.resolve(specifier, importer);
            if (!Specifiers.isFile(resolved)) {
                return;
            }
            file = Specifiers.toPath(resolved).normalize();
            absolute = specifier.startsWith("/") && resolved.equals(Specifiers.resolve(specifier, importer));
        } catch (InvalidPathException e) {
            throw missing(found, importer, importer);
        }
        if (absolute || !folder.inFunctions(file)) {
            throw outside(found, importer);
        }
        if (!Files.isRegularFile(file)) {
            throw missing(found, importer, file);
        }
        add(file);
    }

    private DeliveryException outside(Import found, Path importer) {
        return new DeliveryException(
                ("%s line %d imports \"%s\", which lies outside %s: only what is inside is deployed with a function. "
                                + "Nothing was changed. Move the file under %s/_shared and import it from there by a "
                                + "relative path.")
                        .formatted(
                                folder.nameOf(importer),
                                found.line(),
                                found.specifier(),
                                folder.nameOf(folder.functions()),
                                folder.nameOf(folder.functions())));
    }

    private DeliveryException missing(Import found, Path importer, Path file) throws IOException {
        return new DeliveryException("%s line %d imports \"%s\", but there is no such file%s. Nothing was changed. %s"
                .formatted(
                        folder.nameOf(importer),
                        found.line(),
                        found.specifier(),
                        file.equals(importer) ? "" : " (" + folder.nameOf(file) + ")",
                        file.equals(importer) ? "Correct the import." : hint(file)));
    }

    private String hint(Path file) throws IOException {
        Set<String> near = new TreeSet<>();
        if (file.getParent() != null) {
            for (Path sibling : ProjectFolder.entries(file.getParent())) {
                String name = sibling.getFileName().toString();
                if (Files.isRegularFile(sibling) && name.startsWith(file.getFileName() + ".")) {
                    near.add(name);
                }
            }
        }
        return near.isEmpty()
                ? "Add the file or correct the import."
                : "Imports must name the extension; beside it is %s.".formatted(String.join(", ", near));
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}

package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.ProjectConfig.FunctionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the functions below {@code supabase/functions} and those that config.toml declares. The rule for names is that
 * of the Management API ({@code slug} of {@code POST /v1/projects/{ref}/functions/deploy}); the import map is looked
 * for where the Supabase CLI 3.1.0 looks: beside the entry point, then {@code functions/import_map.json}.
 */
final class FunctionReader {
    private static final Pattern SLUG = Pattern.compile("^[A-Za-z][A-Za-z0-9_-]*$");
    private static final List<String> ENTRY_POINTS =
            List.of("index.ts", "index.tsx", "index.mts", "index.js", "index.jsx", "index.mjs");

    private final ProjectFolder folder;
    private final ProjectConfig config;
    private final List<String> warnings;

    FunctionReader(ProjectFolder folder, ProjectConfig config, List<String> warnings) {
        this.folder = folder;
        this.config = config;
        this.warnings = warnings;
    }

    List<EdgeFunction> read() throws IOException {
        List<EdgeFunction> functions = new ArrayList<>();
        for (String slug : slugs()) {
            FunctionSettings settings = config.function(slug);
            if (settings.enabled()) {
                functions.add(read(slug, settings));
            } else {
                warnings.add("The function %s was skipped: config.toml says enabled = false.".formatted(slug));
            }
        }
        return functions;
    }

    private TreeSet<String> slugs() throws IOException {
        TreeSet<String> slugs = new TreeSet<>();
        for (String slug : config.functions().keySet()) {
            if (!SLUG.matcher(slug).matches()) {
                throw badSlug("[functions.%s] in config.toml".formatted(slug));
            }
            slugs.add(slug);
        }
        for (Path entry : ProjectFolder.entries(folder.functions())) {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry) && !slugs.contains(name) && isFunction(entry, name)) {
                if (!SLUG.matcher(name).matches()) {
                    throw badSlug(folder.nameOf(entry));
                }
                slugs.add(name);
            }
        }
        return slugs;
    }

    /** Supabase's documentation keeps the tests of functions in {@code functions/tests}. */
    private boolean isFunction(Path entry, String name) throws IOException {
        boolean setAside = name.startsWith("_") || name.startsWith(".") || name.equals("node_modules");
        return !setAside && !(name.equals("tests") && defaultEntryPoint(entry) == null);
    }

    private static DeliveryException badSlug(String what) {
        return new DeliveryException(
                ("%s cannot be the name of a function: it must begin with a letter, and only letters, digits, _ and - "
                                + "may follow. Nothing was changed. Rename it; a folder that is no function begins "
                                + "with an underscore.")
                        .formatted(what));
    }

    private EdgeFunction read(String slug, FunctionSettings settings) throws IOException {
        Path entryPoint = entryPoint(slug, settings);
        Path mapFile = importMap(entryPoint, slug, settings);
        ImportMap map = mapFile == null ? ImportMap.EMPTY : ImportMap.read(mapFile, folder);
        SourceCollector sources = new SourceCollector(folder, map, warnings);
        for (Path file : map.files()) {
            sources.addAsset(file);
        }
        List<String> patterns = new ArrayList<>();
        for (String pattern : settings.staticFiles()) {
            patterns.add(addStaticFiles(slug, pattern, sources));
        }
        sources.add(entryPoint);
        return new EdgeFunction(
                slug,
                folder.nameOf(entryPoint),
                mapFile == null ? null : folder.nameOf(mapFile),
                patterns,
                settings.verifyJwt(),
                sources.collect());
    }

    private Path entryPoint(String slug, FunctionSettings settings) throws IOException {
        Path own = folder.functions().resolve(slug);
        if (settings.entrypoint() == null) {
            Path found = defaultEntryPoint(own);
            if (found == null) {
                throw new DeliveryException(
                        ("The function %s has no entry point: %s holds no index.ts (nor .tsx, .mts, .js, .jsx, .mjs). "
                                        + "Nothing was changed. Add it, set entrypoint under [functions.%s] in "
                                        + "config.toml, or let the folder's name begin with an underscore if it is no "
                                        + "function.")
                                .formatted(slug, folder.nameOf(own), slug));
            }
            if (!folder.inFunctions(found)) {
                throw folder.outside(slug, "entry point", folder.nameOf(found), folder.functions());
            }
            return found;
        }
        Path declared = folder.supabase().resolve(settings.entrypoint()).normalize();
        if (!folder.inFunctions(declared)) {
            throw folder.outside(slug, "entrypoint", settings.entrypoint(), folder.functions());
        }
        if (!Files.isRegularFile(declared)) {
            throw new DeliveryException(
                    ("The function %s has no entry point: config.toml names %s, and there is no such file. Nothing was "
                                    + "changed. Add it or correct entrypoint under [functions.%s].")
                            .formatted(slug, settings.entrypoint(), slug));
        }
        return declared;
    }

    private static Path defaultEntryPoint(Path own) {
        return ENTRY_POINTS.stream().map(own::resolve).filter(Files::isRegularFile).findFirst().orElse(null);
    }

    private Path importMap(Path entryPoint, String slug, FunctionSettings settings) throws IOException {
        if (settings.importMap() != null) {
            Path declared = folder.supabase().resolve(settings.importMap()).normalize();
            if (!folder.inSupabase(declared)) {
                throw folder.outside(slug, "import_map", settings.importMap(), folder.supabase());
            }
            if (!Files.isRegularFile(declared)) {
                throw new DeliveryException(
                        ("config.toml names %s as the import map of the function %s, and there is no such file. "
                                        + "Nothing was changed. Add it or correct import_map under [functions.%s].")
                                .formatted(settings.importMap(), slug, slug));
            }
            return declared;
        }
        for (String name : List.of("deno.json", "deno.jsonc", "import_map.json")) {
            Path beside = entryPoint.resolveSibling(name);
            if (Files.isRegularFile(beside) && folder.inSupabase(beside)) {
                if (name.equals("import_map.json")) {
                    warnings.add("%s should become a deno.json: newer Supabase CLIs refuse it."
                            .formatted(folder.nameOf(beside)));
                }
                return beside;
            }
        }
        Path shared = folder.functions().resolve("import_map.json");
        return Files.isRegularFile(shared) && folder.inSupabase(shared) ? shared : null;
    }

    private String addStaticFiles(String slug, String pattern, SourceCollector sources) throws IOException {
        StaticFiles files = StaticFiles.of(slug, pattern, folder);
        List<Path> found = files.find(slug, folder);
        if (found.isEmpty()) {
            warnings.add("static_files of the function %s: nothing matches %s.".formatted(slug, pattern));
        }
        for (Path file : found) {
            sources.addAsset(file);
        }
        return files.name();
    }
}

package io.jenkins.plugins.supabase.core.project;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The aliases of a {@code deno.json}, {@code deno.jsonc} or import map, resolved as the HTML standard says ("import
 * maps"): the longest matching scope first, then the top level; an exact name before the longest prefix that ends with
 * a slash.
 */
final class ImportMap {
    static final ImportMap EMPTY = new ImportMap(List.of(), Map.of(), Map.of());

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final List<Path> files;
    private final Map<String, String> imports;
    private final Map<String, Map<String, String>> scopes;

    private ImportMap(List<Path> files, Map<String, String> imports, Map<String, Map<String, String>> scopes) {
        this.files = files;
        this.imports = imports;
        this.scopes = scopes;
    }

    /** A deno.json without imports of its own may name the import map that holds them. */
    static ImportMap read(Path file, ProjectFolder folder) throws IOException {
        JsonNode json = parse(file, folder);
        String reference = json.path("importMap").asText("");
        boolean isReference = isDeno(file)
                && json.path("imports").isEmpty()
                && json.path("scopes").isEmpty()
                && !reference.isEmpty()
                && !Specifiers.hasScheme(reference);
        if (!isReference) {
            return new ImportMap(List.of(file), aliases(json.path("imports"), file), scopes(json.path("scopes"), file));
        }
        Path map = file.resolveSibling(reference).normalize();
        if (!Files.isRegularFile(map) || !folder.inSupabase(map)) {
            throw new DeliveryException(
                    "%s names the import map %s, which is no file inside %s. Nothing was changed. Correct importMap."
                            .formatted(folder.nameOf(file), reference, folder.nameOf(folder.supabase())));
        }
        JsonNode referenced = parse(map, folder);
        return new ImportMap(
                List.of(file, map),
                aliases(referenced.path("imports"), map),
                scopes(referenced.path("scopes"), map));
    }

    private static boolean isDeno(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.equals("deno.json") || name.equals("deno.jsonc");
    }

    private static JsonNode parse(Path file, ProjectFolder folder) {
        String shown = folder.nameOf(file);
        try {
            JsonNode json = JSON.readTree(Text.read(file, shown));
            if (json.isObject() && objectOrAbsent(json.path("imports")) && objectOrAbsent(json.path("scopes"))) {
                return json;
            }
            throw new DeliveryException("%s must be a JSON object, and so must its imports and scopes. "
                    .formatted(shown) + "Nothing was changed. Correct the file.");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new DeliveryException(
                    "%s does not parse: line %d, column %d is no JSON. Nothing was changed. Correct the file."
                            .formatted(shown, at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr()));
        }
    }

    private static boolean objectOrAbsent(JsonNode node) {
        return node.isMissingNode() || node.isObject();
    }

    private static Map<String, String> aliases(JsonNode node, Path file) {
        Map<String, String> aliases = new TreeMap<>(LONGEST_FIRST);
        for (Map.Entry<String, JsonNode> alias : node.properties()) {
            if (alias.getValue().isTextual()) {
                aliases.put(
                        Specifiers.resolve(alias.getKey(), file),
                        Specifiers.resolve(alias.getValue().asText(), file));
            }
        }
        return aliases;
    }

    private static Map<String, Map<String, String>> scopes(JsonNode node, Path file) {
        Map<String, Map<String, String>> scopes = new TreeMap<>(LONGEST_FIRST);
        for (Map.Entry<String, JsonNode> scope : node.properties()) {
            scopes.put(Specifiers.resolve(scope.getKey(), file), aliases(scope.getValue(), file));
        }
        return scopes;
    }

    /** The file itself and, where it only refers to one, the import map behind it. */
    List<Path> files() {
        return files;
    }

    /** @return what the specifier stands for: a {@code file:} reference (see {@link Specifiers}) or something remote */
    String resolve(String specifier, Path importer) {
        String resolved = Specifiers.resolve(specifier, importer);
        String from = Specifiers.ofFile(importer);
        List<Map<String, String>> tables = new ArrayList<>();
        scopes.forEach((scope, aliases) -> {
            if (from.equals(scope) || (scope.endsWith("/") && from.startsWith(scope))) {
                tables.add(aliases);
            }
        });
        tables.add(imports);
        return tables.stream()
                .flatMap(aliases -> lookUp(aliases, resolved).stream())
                .findFirst()
                .orElse(resolved);
    }

    private static Optional<String> lookUp(Map<String, String> aliases, String specifier) {
        if (aliases.containsKey(specifier)) {
            return Optional.of(aliases.get(specifier));
        }
        return aliases.entrySet().stream()
                .filter(alias -> alias.getKey().endsWith("/") && specifier.startsWith(alias.getKey()))
                .map(alias -> Specifiers.append(alias.getValue(), specifier.substring(alias.getKey().length())))
                .findFirst();
    }
}

package io.jenkins.plugins.supabase.core.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * {@code release.json}. Written letter by letter, a line a file: its bytes are a part of the release's digest, so they
 * must not change with a library.
 */
final class ManifestJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> FIELDS =
            Set.of("format", "version", "commit", "author", "committedAt", "modifiedFiles", "files");
    private static final Set<String> FILE_FIELDS = Set.of("path", "size", "sha256");

    private ManifestJson() {}

    static byte[] write(ReleaseManifest manifest) {
        StringBuilder json = new StringBuilder("{\n");
        json.append("  \"format\": ").append(ReleaseManifest.FORMAT).append(",\n");
        json.append("  \"version\": ").append(text(manifest.version())).append(",\n");
        json.append("  \"commit\": ").append(text(manifest.commit())).append(",\n");
        json.append("  \"author\": ").append(text(manifest.author())).append(",\n");
        json.append("  \"committedAt\": ").append(text(manifest.committedAt())).append(",\n");
        json.append("  \"modifiedFiles\": ");
        list(json, manifest.modifiedFiles().stream().map(ManifestJson::text).toList());
        json.append(",\n  \"files\": ");
        list(json, manifest.files().stream().map(ManifestJson::text).toList());
        return json.append("\n}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void list(StringBuilder json, List<String> items) {
        json.append(items.isEmpty() ? "[]" : "[\n    " + String.join(",\n    ", items) + "\n  ]");
    }

    private static String text(ReleaseFile file) {
        return "{\"path\": %s, \"size\": %d, \"sha256\": \"%s\"}"
                .formatted(text(file.path()), file.size(), file.sha256());
    }

    /** @param value is written as null, or as its text */
    static String text(Object value) {
        try {
            return value == null ? "null" : MAPPER.writeValueAsString(value.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A text can always be written as JSON", e);
        }
    }

    /** @throws IOException when it is no manifest; its message says why, as a part of a sentence */
    static ReleaseManifest read(byte[] json) throws IOException {
        JsonNode root = object(json, ReleaseManifest.FORMAT);
        onlyHas(root, FIELDS);
        List<String> modified = new ArrayList<>();
        for (JsonNode path : array(root, "modifiedFiles")) {
            modified.add(path.asText());
        }
        List<ReleaseFile> files = new ArrayList<>();
        for (JsonNode file : array(root, "files")) {
            onlyHas(file, FILE_FIELDS);
            files.add(file(file));
        }
        String version = string(root, "version");
        if (version == null || ReleaseVersion.problem(version) != null) {
            throw new IOException("its release.json names no usable version");
        }
        return new ReleaseManifest(
                version, string(root, "commit"), string(root, "author"), instant(root, "committedAt"), modified, files);
    }

    /** @param format the newest that can be read */
    static JsonNode object(byte[] json, int format) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IOException("it is no JSON", e);
        }
        int found = root.path("format").asInt(0);
        if (found > format) {
            throw new IOException("it has format %d, and this version of the plugin reads formats up to %d: update it"
                    .formatted(found, format));
        }
        if (found < 1) {
            throw new IOException("it does not say its format");
        }
        return root;
    }

    private static void onlyHas(JsonNode node, Set<String> fields) throws IOException {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw new IOException("its release.json has an unknown field " + name);
            }
        }
    }

    private static ReleaseFile file(JsonNode file) throws IOException {
        JsonNode size = file.path("size");
        if (!size.canConvertToLong() || !size.isIntegralNumber()) {
            throw new IOException("its release.json lists a file without a size");
        }
        try {
            return new ReleaseFile(string(file, "path"), size.asLong(), string(file, "sha256"));
        } catch (IllegalArgumentException e) {
            throw new IOException("its release.json lists a file with an unusable path, size or SHA-256", e);
        }
    }

    private static JsonNode array(JsonNode node, String field) throws IOException {
        JsonNode array = node.path(field);
        if (!array.isArray()) {
            throw new IOException("its " + field + " are no list");
        }
        return array;
    }

    static String string(JsonNode node, String field) throws IOException {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IOException("its " + field + " is no text");
        }
        return value.asText();
    }

    static Instant instant(JsonNode node, String field) throws IOException {
        String text = string(node, field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("its " + field + " is no time", e);
        }
    }
}

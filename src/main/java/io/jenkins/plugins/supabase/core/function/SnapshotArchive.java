package io.jenkins.plugins.supabase.core.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A snapshot as a ZIP archive that can be read without this plugin: {@code functions.json} with what the platform
 * listed, then each function's files in a folder of its slug. Equal snapshots give equal bytes.
 */
final class SnapshotArchive {
    private static final String INDEX = "functions.json";
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private SnapshotArchive() {}

    static byte[] write(FunctionSnapshot snapshot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ObjectNode index = JSON.createObjectNode().put("format", FORMAT);
            snapshot.created().forEach(index.putArray("created")::add);
            Map<String, byte[]> entries = new TreeMap<>();
            for (KeptFunction function : snapshot.kept()) {
                ObjectNode json = index.withArray("/functions").addObject();
                json.set("listed", JSON.valueToTree(function.metadata()));
                if (function.sources() == null) {
                    json.put("missing", function.missing());
                } else {
                    addSources(function, json, entries);
                }
            }
            add(zip, INDEX, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(index));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                add(zip, entry.getKey(), entry.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("Memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    private static void addSources(KeptFunction function, ObjectNode json, Map<String, byte[]> entries) {
        OriginalSources sources = function.sources();
        json.put("entrypoint", sources.entrypoint()).put("importMap", sources.importMap());
        ObjectNode files = json.putObject("files");
        int number = 0;
        for (Map.Entry<String, byte[]> file : sources.files().entrySet()) {
            boolean plain = file.getKey().matches("[\\w@+,=~ -][\\w@+,=~. -]*(/[\\w@+,=~ -][\\w@+,=~. -]*)*");
            String entry = function.slug() + "/" + (plain ? file.getKey() : "%" + number);
            files.put(file.getKey(), entry);
            entries.put(entry, file.getValue());
            number++;
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** @throws DeliveryException where the bytes are no snapshot of this plugin */
    static FunctionSnapshot read(byte[] bytes) {
        try {
            Map<String, byte[]> entries = entries(bytes);
            JsonNode index = JSON.readTree(entries.getOrDefault(INDEX, new byte[0]));
            if (index.path("format").asInt() != FORMAT) {
                throw new IOException("format " + index.path("format").asText("unknown"));
            }
            List<String> created = new ArrayList<>();
            index.path("created").forEach(slug -> created.add(slug.asText()));
            List<KeptFunction> kept = new ArrayList<>();
            for (JsonNode json : index.path("functions")) {
                kept.add(kept(json, entries));
            }
            return new FunctionSnapshot(kept, created);
        } catch (IOException e) {
            throw new DeliveryException(("The snapshot of the edge functions cannot be read (%s). Nothing was changed "
                            + "by this. Roll back to a release that still has its bundle, or deploy one.")
                    .formatted(e.getMessage()), e);
        }
    }

    private static Map<String, byte[]> entries(byte[] bytes) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static KeptFunction kept(JsonNode json, Map<String, byte[]> entries) throws IOException {
        DeployedFunction listed = JSON.treeToValue(json.path("listed"), DeployedFunction.class);
        if (json.hasNonNull("missing")) {
            return new KeptFunction(listed, null, json.path("missing").asText());
        }
        Map<String, byte[]> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> file : json.path("files").properties()) {
            byte[] content = entries.get(file.getValue().asText());
            if (content == null) {
                throw new IOException("without " + file.getValue().asText());
            }
            files.put(file.getKey(), content);
        }
        String importMap = json.hasNonNull("importMap") ? json.get("importMap").asText() : null;
        return new KeptFunction(listed, new OriginalSources(json.path("entrypoint").asText(), importMap, files), null);
    }
}

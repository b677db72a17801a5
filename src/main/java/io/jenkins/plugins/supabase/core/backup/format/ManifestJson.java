package io.jenkins.plugins.supabase.core.backup.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Manifests as docs/backup-format.md lays them down: JSON with one part a line, which {@code sed} can read too. */
public final class ManifestJson {
    static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestJson() {}

    public static byte[] write(BackupManifest manifest) {
        ObjectNode head = JSON.createObjectNode();
        head.put("format", FORMAT);
        head.put("id", manifest.id());
        head.put("environment", manifest.environment());
        head.put("sequence", manifest.sequence());
        head.put("snapshotTime", manifest.snapshotTime().toString());
        head.put("rpoSeconds", manifest.rpo() == null ? null : manifest.rpo().toSeconds());
        head.put("server", manifest.server());
        head.put("client", manifest.client());
        head.put("tool", manifest.tool());
        ArrayNode recipients = head.putArray("recipients");
        manifest.recipients().forEach(recipient -> recipients.add(recipient.text()));
        head.put("signedBy", manifest.signedBy());
        ArrayNode notes = head.putArray("notes");
        manifest.notes().forEach(notes::add);
        if (manifest.storage() != null) {
            head.set("storage", JSON.valueToTree(manifest.storage()));
        }
        try {
            StringBuilder text = new StringBuilder(JSON.writeValueAsString(head));
            text.setLength(text.length() - 1);
            text.append(",\"parts\":[\n");
            List<String> lines = new ArrayList<>();
            for (BackupPart part : manifest.parts()) {
                lines.add(JSON.writeValueAsString(json(part)));
            }
            text.append(String.join(",\n", lines)).append("\n]}\n");
            return text.toString().getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }

    private static ObjectNode json(BackupPart part) {
        ObjectNode json = JSON.createObjectNode();
        json.put("sha256", part.sha256());
        json.put("size", part.size());
        json.put("plainSize", part.plainSize());
        json.put("kind", part.kind().word());
        if (part.kind() == PartKind.TABLE) {
            json.put("schema", part.schema());
            json.put("table", part.table());
            part.columns().forEach(json.putArray("columns")::add);
            json.put("rows", part.rows());
            json.put("copy", part.copy());
        }
        return json;
    }

    /** @throws IOException when it is no manifest of this format */
    public static BackupManifest read(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        if (json == null || json.path("format").asInt() != FORMAT) {
            throw new IOException("it is not of format " + FORMAT);
        }
        try {
            JsonNode rpo = json.path("rpoSeconds");
            return new BackupManifest(
                    text(json, "id"),
                    text(json, "environment"),
                    json.required("sequence").asLong(),
                    Instant.parse(text(json, "snapshotTime")),
                    rpo.isNumber() ? Duration.ofSeconds(rpo.asLong()) : null,
                    text(json, "server"),
                    text(json, "client"),
                    text(json, "tool"),
                    list(json, "recipients", node -> AgeRecipient.of(node.asText())),
                    text(json, "signedBy"),
                    list(json, "notes", JsonNode::asText),
                    json.has("storage") ? JSON.treeToValue(json.get("storage"), StorageSummary.class) : null,
                    list(json, "parts", ManifestJson::part));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("it is incomplete: " + e.getMessage(), e);
        }
    }

    private static BackupPart part(JsonNode json) {
        return new BackupPart(
                text(json, "sha256"),
                json.required("size").asLong(),
                json.required("plainSize").asLong(),
                PartKind.of(text(json, "kind")),
                json.path("schema").asText(),
                json.path("table").asText(),
                json.has("columns") ? list(json, "columns", JsonNode::asText) : List.of(),
                json.path("rows").asLong(),
                json.path("copy").asText());
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).asText();
    }

    private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> element) {
        List<T> list = new ArrayList<>();
        json.required(field).forEach(node -> list.add(element.apply(node)));
        return list;
    }
}

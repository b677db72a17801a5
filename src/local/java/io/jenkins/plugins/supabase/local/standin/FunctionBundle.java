package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one call of {@code functions/deploy} sent.
 *
 * @param metadata the part of that name
 * @param files    content by the name that the part gave it
 */
record FunctionBundle(JsonNode metadata, Map<String, byte[]> files) {

    static FunctionBundle read(Request request) {
        MultipartForm form = MultipartForm.read(request);
        JsonNode metadata = form.first("metadata")
                .flatMap(part -> Json.parse(part.content()))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new Refusal(400, "metadata: Required"));
        if (metadata.path("entrypoint_path").asText("").isEmpty()) {
            throw new Refusal(400, "metadata.entrypoint_path: Required");
        }
        Map<String, byte[]> files = new TreeMap<>();
        for (MultipartForm.Part part : form.all("file")) {
            if (part.fileName() == null || part.fileName().isEmpty()) {
                throw new Refusal(400, "file: a part has no file name");
            }
            files.put(part.fileName(), part.content());
        }
        return new FunctionBundle(metadata, files);
    }

    String entrypoint() {
        return metadata.path("entrypoint_path").asText();
    }

    /** The same files and metadata give the same digest, whatever the order of the parts; verify_jwt is not bundled. */
    String sha256() {
        MessageDigest digest = Digests.newSha256();
        add(digest, canonical(metadata).getBytes(StandardCharsets.UTF_8));
        files.forEach((name, content) -> {
            add(digest, name.getBytes(StandardCharsets.UTF_8));
            add(digest, content);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String canonical(JsonNode metadata) {
        ObjectNode sorted = Json.object();
        Map<String, JsonNode> fields = new TreeMap<>();
        metadata.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        fields.remove("verify_jwt");
        fields.forEach(sorted::set);
        return sorted.toString();
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(bytes);
    }
}

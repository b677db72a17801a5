package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * A live function's sources as the Supabase CLI 3.1.0 downloads them: a form with metadata and files. Names lie below
 * {@code source/}, as in the CLI's own tests of it: there is no recording.
 */
final class FunctionSources {
    private static final String FOLDER = "source/";

    private FunctionSources() {}

    static Reply form(FunctionBundle source) {
        String boundary = UUID.randomUUID().toString();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ObjectNode metadata = Json.object().put("deno2_entrypoint_path", FOLDER + source.entrypoint());
        part(body, boundary, "name=\"metadata\"", "application/json", Json.bytes(metadata));
        for (Map.Entry<String, byte[]> file : source.files().entrySet()) {
            String name = "name=\"file\"; filename=\"" + FOLDER + file.getKey() + "\"";
            part(body, boundary, name, "application/octet-stream", file.getValue());
        }
        write(body, "--" + boundary + "--\r\n");
        return Reply.bytes(200, "multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String boundary, String name, String type, byte[] content) {
        write(body, "--" + boundary + "\r\nContent-Disposition: form-data; " + name + "\r\n");
        write(body, "Content-Type: " + type + "\r\n\r\n");
        body.writeBytes(content);
        write(body, "\r\n");
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}

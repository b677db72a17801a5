package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartReader;
import okio.Buffer;

/**
 * The source files of a live edge function as the platform gives them back. What the parts of the form are called is
 * known from the Supabase CLI's {@code functions download --use-api}: {@code metadata} holds an object with
 * {@code deno2_entrypoint_path}; files are named by the header {@code Supabase-Path} or else by their file name.
 *
 * @param entrypointPath null where the form does not say
 * @param files          content by name, in the order of the form
 */
public record FunctionSources(String entrypointPath, Map<String, byte[]> files) {
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("[;\\s]filename=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** @return null where the answer is no form: what was bundled by an old CLI exists as an archive only */
    static FunctionSources read(Answer answer, JsonMapper json) throws IOException {
        String header = answer.headers().get("Content-Type");
        MediaType type = header == null ? null : MediaType.parse(header);
        String boundary = type == null || !type.type().equals("multipart") ? null : type.parameter("boundary");
        if (boundary == null) {
            return null;
        }
        String entrypoint = null;
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (MultipartReader reader = new MultipartReader(new Buffer().write(answer.body()), boundary)) {
            for (MultipartReader.Part part = reader.nextPart(); part != null; part = reader.nextPart()) {
                byte[] content = part.body().readByteArray();
                String path = path(part.headers());
                if (path != null) {
                    files.put(path, content);
                } else if ("metadata".equals(disposition(part.headers(), NAME))) {
                    JsonNode said = json.readTree(content).path("deno2_entrypoint_path");
                    entrypoint = said.isTextual() && !said.asText().isEmpty() ? said.asText() : null;
                }
            }
        }
        return new FunctionSources(entrypoint, files);
    }

    private static String path(Headers headers) {
        String path = headers.get("Supabase-Path");
        path = path == null || path.isEmpty() ? disposition(headers, FILE_NAME) : path;
        return path == null || path.isEmpty() ? null : path;
    }

    private static String disposition(Headers headers, Pattern parameter) {
        String disposition = headers.get("Content-Disposition");
        Matcher matcher = parameter.matcher(disposition == null ? "" : disposition);
        return matcher.find() ? matcher.group(1).replaceAll("\\\\(.)", "$1") : null;
    }
}

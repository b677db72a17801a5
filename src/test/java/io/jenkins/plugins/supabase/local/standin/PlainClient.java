package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Talks to the stand-in as any HTTP client would: the JDK's own, so that no code of the plugin is in between. */
final class PlainClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "a-boundary-of-the-test";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final Map<String, String> headers;

    record Answer(int status, Map<String, String> headers, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + text, e);
            }
        }
    }

    private PlainClient(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    static PlainClient management(SupabaseStandIn standIn, String token) {
        return new PlainClient(standIn.managementUrl(), Map.of("Authorization", "Bearer " + token));
    }

    static PlainClient management(SupabaseStandIn standIn) {
        return management(standIn, standIn.accessToken());
    }

    static PlainClient withKey(StandInProject project, String key) {
        return new PlainClient(project.url(), Map.of("apikey", key));
    }

    static PlainClient anonymous(String base) {
        return new PlainClient(base, Map.of());
    }

    PlainClient bearer(String token) {
        Map<String, String> more = new HashMap<>(headers);
        more.put("Authorization", "Bearer " + token);
        return new PlainClient(base, more);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    Answer send(String method, String path, String json) throws IOException, InterruptedException {
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        return send(method, path, "application/json", body);
    }

    /** Uploads a function as the Management API wants it. */
    Answer deploy(String ref, String query, String metadata, Map<String, String> files)
            throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, "name=\"metadata\"", metadata);
        for (Map.Entry<String, String> file : files.entrySet()) {
            part(body, "name=\"file\"; filename=\"" + file.getKey() + "\"", file.getValue());
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(
                "POST",
                "/v1/projects/" + ref + "/functions/deploy?" + query,
                "multipart/form-data; boundary=" + BOUNDARY,
                body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String disposition, String content) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
        body.writeBytes((head + content + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private Answer send(String method, String path, String contentType, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", contentType);
        }
        headers.forEach(request::header);
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> answered.put(name, values.get(0)));
        return new Answer(response.statusCode(), answered, response.body());
    }
}

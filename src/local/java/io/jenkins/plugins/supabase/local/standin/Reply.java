package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

record Reply(int status, Map<String, String> headers, byte[] body) {
    private static final String JSON = "application/json; charset=utf-8";

    static Reply json(int status, JsonNode body) {
        return new Reply(status, Map.of("Content-Type", JSON), Json.bytes(body));
    }

    static Reply ok(JsonNode body) {
        return json(200, body);
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    static Reply bytes(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body);
    }

    /** The form that every error of the Management API has. */
    static Reply message(int status, String message) {
        return json(status, Json.object().put("message", message));
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    Reply withAll(Map<String, String> additional) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(additional);
        return new Reply(status, more, body);
    }
}

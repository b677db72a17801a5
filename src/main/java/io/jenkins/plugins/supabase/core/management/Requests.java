package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Puts requests of a service together, sends them and reads their answers. */
final class Requests {
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final MediaType JSON_TYPE = MediaType.get("application/json");

    private final Caller caller;
    private final Failures failures;

    Requests(Caller caller, Failures failures) {
        this.caller = caller;
        this.failures = failures;
    }

    /** @return the secret as a header takes it; the failure names the credential without showing it */
    String usable(SecretText secret) {
        if (secret == null || secret.isEmpty()) {
            throw failures.noSecret();
        }
        String text = secret.reveal().strip();
        if (!text.matches("[\\x21-\\x7e]+")) {
            throw failures.unusableSecret();
        }
        return text;
    }

    static String userAgent() {
        String version = ManagementClient.class.getPackage().getImplementationVersion();
        return "supabase-delivery" + (version == null ? "" : "/" + version) + " (Jenkins plugin)";
    }

    static RequestBody json(Object value) {
        try {
            return RequestBody.create(JSON.writeValueAsBytes(value), JSON_TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records and maps of this package can be written as JSON");
        }
    }

    /** For calls whose answer says nothing. */
    Answer send(Operation operation, Request request) throws InterruptedException {
        return caller.call(operation, request);
    }

    <T> T send(Operation operation, Request request, TypeReference<T> type) throws InterruptedException {
        Answer answer = caller.call(operation, request);
        try {
            T value = JSON.readValue(answer.body(), type);
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            // Not even its message is shown: it quotes the body.
        }
        throw failures.unreadable(operation);
    }
}

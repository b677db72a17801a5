package io.jenkins.plugins.supabase.core.health;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What came back. The body stays in here: it may hold anything, so that only short named fields of it are given out,
 * and only when they look like what they should be.
 *
 * @param latency   from the start of the request until the head of the answer was there
 * @param errorCode the header {@code sb-error-code} of edge functions, null without it
 * @param start     the first bytes of the body
 */
record HttpAnswer(int status, Duration latency, String errorCode, byte[] start) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CODE = "[A-Za-z0-9_]{1,60}";
    private static final String PLAIN = "[A-Za-z0-9_.+ -]{1,40}";

    boolean successful() {
        return status >= 200 && status < 300;
    }

    boolean keyRejected() {
        return status == 401 || status == 403;
    }

    /** @return such as {@code 503 BOOT_ERROR}, {@code 404 PGRST205} or {@code 200} */
    String describe() {
        return code().map(code -> status + " " + code).orElse(Integer.toString(status));
    }

    /** @return a name or version, where the body is a JSON object that has it */
    Optional<String> field(String name) {
        return text(name).filter(value -> value.matches(PLAIN));
    }

    private Optional<String> code() {
        if (errorCode != null && errorCode.matches(CODE)) {
            return Optional.of(errorCode);
        }
        return status < 400 ? Optional.empty() : text("code").filter(value -> value.matches(CODE));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(json().path(name).textValue());
    }

    private JsonNode json() {
        try {
            return JSON.readTree(start);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }
}

package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What goes wrong with a request instead of, or before, its answer. */
public final class Fault {
    enum Kind {
        ANSWER,
        DELAY,
        DROP,
        CUT
    }

    private final Kind kind;
    private final Reply reply;
    private final Duration delay;

    private Fault(Kind kind, Reply reply, Duration delay) {
        this.kind = kind;
        this.reply = reply;
        this.delay = delay;
    }

    /** An error answer of this status with the body of the Management API. */
    public static Fault status(int status) {
        return status(status, defaultMessage(status));
    }

    public static Fault status(int status, String message) {
        return answer(Reply.message(status, message));
    }

    /** An answer with this status and exactly this body. */
    public static Fault body(int status, String contentType, String body) {
        return answer(Reply.bytes(status, contentType, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A 403 as a scoped access token gets it. */
    public static Fault forbidden(String... missingPermissions) {
        return answer(lacking(List.of(missingPermissions)));
    }

    /** A 429 with {@code Retry-After}, in whole seconds. */
    public static Fault rateLimited(Duration retryAfter) {
        return answer(RateLimits.exceeded().with("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /** The right answer, but only after this time. No thread of the stand-in is held meanwhile. */
    public static Fault slow(Duration delay) {
        return new Fault(Kind.DELAY, null, delay);
    }

    /** No answer within any client's patience; the connection stays open. */
    public static Fault hang() {
        return slow(Duration.ofHours(1));
    }

    /** The connection is closed without an answer. The request has no effect. */
    public static Fault drop() {
        return new Fault(Kind.DROP, null, Duration.ZERO);
    }

    /** The request has its effect and an answer is begun, but the connection is closed in its middle. */
    public static Fault cut() {
        return new Fault(Kind.CUT, null, Duration.ZERO);
    }

    /** A 200 whose body is no JSON although its content type says so. */
    public static Fault malformed() {
        return body(200, "application/json; charset=utf-8", "{\"id\": ");
    }

    Kind kind() {
        return kind;
    }

    Reply reply() {
        return reply;
    }

    Duration delay() {
        return delay;
    }

    static Reply lacking(List<String> permissions) {
        ObjectNode body = Json.object();
        body.put("message", "Your access token lacks the permissions that this endpoint requires.");
        permissions.forEach(body.putArray("missing_permissions")::add);
        return Reply.json(403, body);
    }

    private static Fault answer(Reply reply) {
        return new Fault(Kind.ANSWER, reply, Duration.ZERO);
    }

    private static String defaultMessage(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 402 -> "Maximum number of functions reached for Plan";
            case 403 -> "Forbidden resource";
            case 404 -> "Not Found";
            case 429 -> RateLimits.MESSAGE;
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}

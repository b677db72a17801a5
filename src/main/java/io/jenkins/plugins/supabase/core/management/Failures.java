package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Puts failures of a service into words. Of a body only the fields {@code message} and {@code missing_permissions} are
 * shown, shortened, on one line and without the secret that was sent; of a call that carries secrets not even these.
 */
final class Failures {
    private static final int LONGEST_REASON = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final Environment environment;
    private final Service service;
    private final SecretText secret;
    private final ManagementOptions options;

    Failures(Environment environment, Service service, SecretText secret, ManagementOptions options) {
        this.environment = environment;
        this.service = service;
        this.secret = secret;
        this.options = options;
    }

    ManagementException noSecret() {
        return plain("no " + service.secret(), ("The environment \"%s\" has no %s, which every call of %s needs. "
                + "Nothing was changed. Let an administrator set its %s to a secret text that holds one.")
                .formatted(environment.name(), service.secret(), inSentence(), service.credentialSetting()));
    }

    ManagementException unusableSecret() {
        return plain("unusable " + service.secret(), ("The %s of the environment \"%s\" holds characters that none "
                + "has, such as a space or a line break. Nothing was changed. Correct the credential that its %s "
                + "names.")
                .formatted(service.secret(), environment.name(), service.credentialSetting()));
    }

    ManagementException selfHosted() {
        return plain("no projectRef", ("The environment \"%s\" has no projectRef: a self-hosted stack has no "
                + "Management API. Nothing was changed.").formatted(environment.name()));
    }

    ManagementException badUrl() {
        return plain("no address", ("The %s of the environment \"%s\", \"%s\", is no http or https address. Nothing "
                + "was changed. Let an administrator correct it.")
                .formatted(service.urlSetting(), environment.name(), service.url()));
    }

    private static ManagementException plain(String reason, String message) {
        return new ManagementException(0, reason, message, null);
    }

    ManagementException rateLimited(Operation operation, Duration waited) {
        return failure(operation, 429, "rate limited", ("kept answering that there were too many requests (429) for "
                + "%d s").formatted(waited.toSeconds()),
                "Try again in a few minutes; fewer jobs at once with this %s help.".formatted(service.secret()), null);
    }

    ManagementException unreadable(Operation operation) {
        return failure(operation, 200, "an answer that is not the API's", "answered something that is not the API's",
                "Check the environment's %s%s.".formatted(service.urlSetting(), orProxy()), null);
    }

    ManagementException of(Operation operation, Answer answer) {
        String id = answer.requestId();
        String trace = id == null ? "" : " Supabase finds the call by its " + id + ".";
        return of(operation, answer.status(), body(answer), trace);
    }

    private ManagementException of(Operation operation, int httpStatus, JsonNode body, String trace) {
        int status = inner(httpStatus, body);
        String said = operation.carriesSecrets() ? "" : said(body);
        String quoted = said.isEmpty() ? "" : " with \"" + said + "\"";
        return switch (status) {
            case 401 -> failure(operation, 401, reason(said, "the %s was rejected".formatted(service.secret())),
                    "rejected the %s (401)".formatted(service.secret()),
                    "It may be expired, revoked or mistyped: put a valid one into the credential that %s of this "
                            .formatted(service.credentialSetting()) + "environment names." + trace, null);
            case 402 -> failure(operation, 402, reason(said, "a limit of the plan"),
                    "refused because of the organization's plan (402)" + quoted,
                    "Raise the plan or stay within its limits." + trace, null);
            case 403 -> failure(operation, 403, reason(said, "a permission is missing"),
                    "refused: the %s lacks the permission %s (403)"
                            .formatted(service.secret(), permissions(operation, body)),
                    "Grant it to the one that %s of this environment names, or use another that has it."
                            .formatted(service.credentialSetting()) + trace, null);
            case 404 -> notFound(operation, said, trace);
            case 407 -> failure(operation, 407, "the proxy wants other credentials",
                    "was not reached: the proxy %s wants other credentials (407)".formatted(proxy()),
                    "Correct the proxy's user and password.", null);
            case 400, 409, 413, 422 -> failure(operation, status, reason(said, "HTTP " + status),
                    "refused the request (%d)%s".formatted(status, quoted),
                    "Correct what it complains about." + trace, null);
            default -> failure(operation, status, reason(said, "HTTP " + status),
                    "answered %d%s".formatted(status, quoted),
                    (status >= 500
                            ? "The fault is on the other side: see status.supabase.com and try again later."
                            : "Check the environment's %s%s.".formatted(service.urlSetting(), orProxy()))
                            + trace, null);
        };
    }

    private ManagementException notFound(Operation operation, String said, String trace) {
        if (said.isEmpty() || said.toLowerCase(Locale.ROOT).contains("project")) {
            return failure(operation, 404, reason(said, "not found"),
                    "knows no project %s for this %s (404)".formatted(environment.projectRef(), service.secret()),
                    "Correct the environment's projectRef, or use one of the organization that owns the project."
                            + trace, null);
        }
        return failure(operation, 404, said, "found nothing (404): \"%s\"".formatted(said),
                "Somebody may have deleted it meanwhile: try again." + trace, null);
    }

    /**
     * Storage answers 400 for all that it refuses, and tells the real status inside (supabase/storage,
     * internal/errors).
     */
    private static int inner(int status, JsonNode body) {
        String inside = body.path("statusCode").asText();
        return status == 400 && inside.matches("4\\d\\d") ? Integer.parseInt(inside) : status;
    }

    ManagementException of(Operation operation, IOException e) {
        if (e instanceof FileNotFoundException || e instanceof FileSystemException) {
            return failure(operation, 0, "a source file cannot be read",
                    "got no request, because a source file cannot be read any more",
                    "Keep the workspace as it is while a deployment runs.", e);
        }
        if (e instanceof AnswerTooLongException) {
            return failure(operation, 413, e.getMessage(), "gave " + e.getMessage(),
                    "It is not read: what is so large cannot be handled here.", e);
        }
        String hint = e instanceof SSLException
                ? "This Java trusts neither its certificate nor who issued it, or TLS is not spoken there: check the "
                        + "environment's %s%s.".formatted(service.urlSetting(), orProxy())
                : "Check the network, the environment's %s%s.".formatted(service.urlSetting(), orProxy());
        return failure(operation, 0, brief(operation, e), brief(operation, e), hint, e);
    }

    /** @return why no answer came, as it reads after "the Management API" */
    String brief(Operation operation, IOException e) {
        if (e instanceof UnknownHostException) {
            return "was not reached: this machine knows no such host";
        }
        if (e instanceof ConnectException) {
            return "was not reached: the connection was refused";
        }
        if (e instanceof SSLException) {
            return "was not reached: no secure connection (TLS) came about (" + e.getClass().getSimpleName() + ")";
        }
        return e instanceof InterruptedIOException
                ? "did not answer within %d s".formatted(options.patience(operation).toSeconds())
                : "lost the connection";
    }

    private ManagementException failure(
            Operation operation, int status, String reason, String what, String next, IOException cause) {
        return new ManagementException(status, reason, ("%s at %s %s while %s of the environment \"%s\". %s %s")
                .formatted(
                        service.name(),
                        service.url(),
                        what,
                        operation.doing(),
                        environment.name(),
                        effect(operation, status),
                        next),
                cause);
    }

    private static String effect(Operation operation, int status) {
        boolean mayHaveHappened = operation.changes() && (status < 400 || status >= 500);
        return mayHaveHappened
                ? "Whether that was done is not known; deploying again finds out and finishes the job."
                : "Nothing was changed by this call.";
    }

    private static String reason(String said, String otherwise) {
        return said.isEmpty() ? otherwise : said;
    }

    private String inSentence() {
        return service.name().replaceFirst("^The", "the");
    }

    private String orProxy() {
        return options.proxy() == null ? "" : " and the proxy " + proxy();
    }

    private String proxy() {
        return options.proxy() == null ? "" : options.proxy().host() + ":" + options.proxy().port();
    }

    private static JsonNode body(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static String permissions(Operation operation, JsonNode body) {
        List<String> missing = new ArrayList<>();
        for (JsonNode permission : body.path("missing_permissions")) {
            if (permission.isTextual() && permission.asText().matches("[A-Za-z0-9_:.-]{1,100}")) {
                missing.add(permission.asText());
            }
        }
        return missing.isEmpty() ? operation.permission() : String.join(", ", missing);
    }

    private String said(JsonNode body) {
        JsonNode message = body.path("message");
        String text = message.isTextual() ? message.asText() : "";
        if (secret != null && !secret.isEmpty()) {
            text = text.replace(secret.reveal().strip(), "****");
        }
        text = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}

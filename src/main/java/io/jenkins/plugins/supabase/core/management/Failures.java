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
import javax.net.ssl.SSLException;

/**
 * Puts failures of the Management API into words. Of a body only the fields {@code message} and
 * {@code missing_permissions} are shown, shortened, on one line and without the token.
 */
final class Failures {
    private static final int LONGEST_REASON = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final Environment environment;
    private final SecretText accessToken;
    private final ManagementOptions options;

    Failures(Environment environment, SecretText accessToken, ManagementOptions options) {
        this.environment = environment;
        this.accessToken = accessToken;
        this.options = options;
    }

    ManagementException noToken() {
        return new ManagementException(0, "no access token", ("The environment \"%s\" has no access token, which every "
                + "call of the Management API needs. Nothing was changed. Let an administrator set its "
                + "accessTokenCredentialsId to a secret text with a token.").formatted(environment.name()), null);
    }

    ManagementException unusableToken() {
        return new ManagementException(0, "unusable access token", ("The access token of the environment \"%s\" holds "
                + "characters that no token has, such as a space or a line break. Nothing was changed. Correct the "
                + "credential that its accessTokenCredentialsId names.").formatted(environment.name()), null);
    }

    ManagementException selfHosted() {
        return new ManagementException(0, "no projectRef", ("The environment \"%s\" has no projectRef: a self-hosted "
                + "stack has no Management API. Nothing was changed.").formatted(environment.name()), null);
    }

    ManagementException badUrl() {
        return new ManagementException(0, "no address", ("The managementUrl of the environment \"%s\", \"%s\", is no "
                + "http or https address. Nothing was changed. Let an administrator correct it.")
                .formatted(environment.name(), environment.managementUrl()), null);
    }

    ManagementException rateLimited(Operation operation, Duration waited) {
        return failure(operation, 429, "rate limited", ("kept answering that there were too many requests (429) for "
                + "%d s").formatted(waited.toSeconds()),
                "Try again in a few minutes; fewer jobs at once with this token help.", null);
    }

    ManagementException unreadable(Operation operation) {
        return failure(operation, 200, "an answer that is not the API's", "answered something that is not the API's",
                "Check the environment's managementUrl%s.".formatted(orProxy()), null);
    }

    ManagementException of(Operation operation, Answer answer) {
        JsonNode body = body(answer);
        String said = said(body);
        String quoted = said.isEmpty() ? "" : " with \"" + said + "\"";
        return switch (answer.status()) {
            case 401 -> failure(operation, 401, reason(said, "the access token was rejected"),
                    "rejected the access token (401)",
                    "It may be expired, revoked or mistyped: put a valid one into the credential that "
                            + "accessTokenCredentialsId of this environment names.", null);
            case 402 -> failure(operation, 402, reason(said, "a limit of the plan"),
                    "refused because of the organization's plan (402)" + quoted,
                    "Raise the plan or stay within its limits.", null);
            case 403 -> failure(operation, 403, reason(said, "a permission is missing"),
                    "refused: the access token lacks the permission %s (403)".formatted(permissions(operation, body)),
                    "Grant it to the token that accessTokenCredentialsId of this environment names, or use the token "
                            + "of an account with access to the project.", null);
            case 404 -> failure(operation, 404, reason(said, "not found"),
                    "knows no project %s for this token (404)".formatted(environment.projectRef()),
                    "Correct the environment's projectRef, or use a token of the organization that owns the project.",
                    null);
            case 407 -> failure(operation, 407, "the proxy wants other credentials",
                    "was not reached: the proxy %s wants other credentials (407)".formatted(proxy()),
                    "Correct the proxy's user and password.", null);
            case 400, 409, 413, 422 -> failure(operation, answer.status(), reason(said, "HTTP " + answer.status()),
                    "refused the request (%d)%s".formatted(answer.status(), quoted),
                    "Correct what it complains about.", null);
            default -> failure(operation, answer.status(), reason(said, "HTTP " + answer.status()),
                    "answered %d%s".formatted(answer.status(), quoted),
                    answer.status() >= 500
                            ? "The fault is on the other side: see status.supabase.com and try again later."
                            : "Check the environment's managementUrl%s.".formatted(orProxy()), null);
        };
    }

    ManagementException of(Operation operation, IOException e) {
        if (e instanceof FileNotFoundException || e instanceof FileSystemException) {
            return failure(operation, 0, "a source file cannot be read",
                    "got no request, because a source file cannot be read any more",
                    "Keep the workspace as it is while a deployment runs.", e);
        }
        String hint = e instanceof SSLException
                ? "This Java trusts neither its certificate nor who issued it, or TLS is not spoken there: check the "
                        + "environment's managementUrl%s.".formatted(orProxy())
                : "Check the network, the environment's managementUrl%s.".formatted(orProxy());
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
        return new ManagementException(status, reason, ("The Management API at %s %s while %s of the environment "
                + "\"%s\". %s %s").formatted(
                        environment.managementUrl(),
                        what,
                        operation.doing(),
                        environment.name(),
                        effect(operation, status),
                        next),
                cause);
    }

    private static String effect(Operation operation, int status) {
        boolean mayHaveHappened = status < 400 || status >= 500;
        if (mayHaveHappened && operation == Operation.ACTIVATE_FUNCTIONS) {
            return "Whether they are active now is not known; deploying again finds out and finishes the job.";
        }
        return mayHaveHappened && operation.changesSettings()
                ? "Whether they are changed now is not known; deploying again finds out and finishes the job."
                : "Nothing was changed by this call.";
    }

    private static String reason(String said, String otherwise) {
        return said.isEmpty() ? otherwise : said;
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
        if (accessToken != null && !accessToken.isEmpty()) {
            text = text.replace(accessToken.reveal().strip(), "****");
        }
        text = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}

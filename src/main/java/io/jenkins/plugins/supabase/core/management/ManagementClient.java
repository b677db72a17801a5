package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Calls of Supabase's Management API for one environment. Every call may be made from several threads, repeats itself
 * after rate limits and passing failures, stops at once with {@link InterruptedException} when its thread is
 * interrupted, and otherwise fails with a {@link ManagementException} that is fit to be shown.
 */
public final class ManagementClient implements AutoCloseable {
    private static final Duration LONGEST_HEALTH_TIMEOUT = Duration.ofSeconds(10);
    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Environment environment;
    private final SecretText accessToken;
    private final Failures failures;
    private final Transport transport;
    private final Caller caller;

    public ManagementClient(Environment environment, SecretText accessToken, Progress progress) {
        this(environment, accessToken, progress, ManagementOptions.DEFAULT);
    }

    /** Calls nothing yet. */
    public ManagementClient(
            Environment environment, SecretText accessToken, Progress progress, ManagementOptions options) {
        this.environment = environment;
        this.accessToken = accessToken;
        this.failures = new Failures(environment, accessToken, options);
        this.transport = new Transport(options);
        this.caller = new Caller(transport, failures, progress, options);
    }

    public Environment environment() {
        return environment;
    }

    /** {@code GET /v1/projects/{ref}}. */
    public ProjectStatus project() throws InterruptedException {
        Request request = request(url().build()).get().build();
        return send(Operation.READ_PROJECT, request, new TypeReference<>() {});
    }

    /**
     * {@code GET /v1/projects/{ref}/health}.
     *
     * @param services see {@link ServiceHealth#name()}; at least one
     * @param timeout  how long the platform probes, at most 10 s
     */
    public List<ServiceHealth> health(Collection<String> services, Duration timeout) throws InterruptedException {
        HttpUrl.Builder url = url().addPathSegment("health");
        services.forEach(service -> url.addQueryParameter("services", service));
        long millis = Math.max(0, Math.min(timeout.toMillis(), LONGEST_HEALTH_TIMEOUT.toMillis()));
        url.addQueryParameter("timeout_ms", Long.toString(millis));
        return send(Operation.READ_HEALTH, request(url.build()).get().build(), new TypeReference<>() {});
    }

    /** {@code GET /v1/projects/{ref}/functions}: all functions of the project, whatever their status. */
    public List<DeployedFunction> functions() throws InterruptedException {
        Request request = request(functionsUrl().build()).get().build();
        return send(Operation.LIST_FUNCTIONS, request, new TypeReference<>() {});
    }

    /**
     * {@code POST /v1/projects/{ref}/functions/deploy?bundleOnly=true}: has the platform bundle a function without
     * activating it, so that what runs stays as it is.
     */
    public DeployedFunction bundleFunction(EdgeFunction function) throws InterruptedException {
        HttpUrl url = functionsUrl()
                .addPathSegment("deploy")
                .addQueryParameter("slug", function.slug())
                .addQueryParameter("bundleOnly", "true")
                .build();
        Request request = request(url).post(FunctionForm.of(function, JSON)).build();
        return send(Operation.BUNDLE_FUNCTION, request, new TypeReference<>() {});
    }

    /**
     * {@code PUT /v1/projects/{ref}/functions}: creates or replaces these functions in one call. Those that are not
     * listed stay as they are: the OpenAPI document speaks of creating and replacing only, and the Supabase CLI, whose
     * deployments are additive (supabase/cli issue 3719), sends just the functions that it deploys and deletes others,
     * when asked to, by calls of their own.
     */
    public List<DeployedFunction> activateFunctions(List<DeployedFunction> functions) throws InterruptedException {
        RequestBody body;
        try {
            body = RequestBody.create(JSON.writeValueAsBytes(functions), JSON_TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        Request request = request(functionsUrl().build()).put(body).build();
        ActivatedFunctions activated = send(Operation.ACTIVATE_FUNCTIONS, request, new TypeReference<>() {});
        return activated.functions() == null ? List.of() : activated.functions();
    }

    /**
     * {@code GET /v2/projects/{ref}/config}: every section at once, as it is in effect, secrets as an HMAC. Newer than
     * the OpenAPI document at hand and marked as alpha; the Supabase CLI uses it since 2.117.
     *
     * @return {@code data.attributes}: database, pooler, auth, api, realtime, storage, each with snake_case names
     */
    public ObjectNode effectiveConfig() throws InterruptedException {
        HttpUrl url = url("v2/projects").addPathSegment("config").build();
        JsonNode document = send(Operation.READ_CONFIG, request(url).get().build(), new TypeReference<>() {});
        if (document.path("data").path("attributes") instanceof ObjectNode attributes) {
            return attributes;
        }
        throw failures.unreadable(Operation.READ_CONFIG);
    }

    /** @return one section as the first version of the API shows it, without what is no setting */
    public ObjectNode config(ConfigSection section) throws InterruptedException {
        HttpUrl url = url().addPathSegments(section.readPath()).build();
        JsonNode answer = send(section.read(), request(url).get().build(), new TypeReference<>() {});
        return SectionAnswer.settings(section, answer).orElseThrow(() -> failures.unreadable(section.read()));
    }

    /**
     * Sets these fields of a section and leaves the others; of network restrictions and TLS enforcement, which have no
     * other call, all. May be repeated, as it sets values and adds nothing.
     *
     * @param changes in the form that the section's own call wants
     */
    public void updateConfig(ConfigSection section, ObjectNode changes) throws InterruptedException {
        sendConfig(section, section.updateMethod(), changes);
    }

    /** {@code PUT}: replaces all overrides of Postgres' own defaults, so that those left out fall back to them. */
    public void replaceDatabaseConfig(ObjectNode overrides) throws InterruptedException {
        sendConfig(ConfigSection.DATABASE, "PUT", overrides);
    }

    private void sendConfig(ConfigSection section, String method, ObjectNode changes) throws InterruptedException {
        HttpUrl url = url().addPathSegments(section.updatePath()).build();
        RequestBody body;
        try {
            body = RequestBody.create(JSON.writeValueAsBytes(changes), JSON_TYPE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        // What it answers is not read: it may be empty, and the Data API's holds the JWT secret.
        caller.call(section.update(), request(url).method(method, body).build());
    }

    private record ActivatedFunctions(List<DeployedFunction> functions) {}

    private <T> T send(Operation operation, Request request, TypeReference<T> type) throws InterruptedException {
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

    private HttpUrl.Builder functionsUrl() {
        return url().addPathSegment("functions");
    }

    private HttpUrl.Builder url() {
        return url("v1/projects");
    }

    private HttpUrl.Builder url(String projects) {
        HttpUrl base = HttpUrl.parse(environment.managementUrl());
        if (base == null) {
            throw failures.badUrl();
        }
        String ref = environment.hostedProject().orElseThrow(failures::selfHosted);
        return base.newBuilder().addPathSegments(projects).addPathSegment(ref);
    }

    private Request.Builder request(HttpUrl url) {
        if (accessToken == null || accessToken.isEmpty()) {
            throw failures.noToken();
        }
        String token = accessToken.reveal().strip();
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw failures.unusableToken();
        }
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("User-Agent", userAgent());
    }

    private static String userAgent() {
        String version = ManagementClient.class.getPackage().getImplementationVersion();
        return "supabase-delivery" + (version == null ? "" : "/" + version) + " (Jenkins plugin)";
    }

    @Override
    public void close() {
        transport.close();
    }
}

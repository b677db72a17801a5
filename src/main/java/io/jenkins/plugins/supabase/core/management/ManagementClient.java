package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Calls of Supabase's Management API for one environment, over connections that are used again. Every call may be made
 * from several threads, waits before it would be rate limited, repeats itself after passing failures where its
 * {@link Operation} allows it, stops at once with {@link InterruptedException} when its thread is interrupted, and
 * otherwise fails with a {@link ManagementException} that is fit to be shown.
 */
public final class ManagementClient implements AutoCloseable {
    private static final Duration LONGEST_HEALTH_TIMEOUT = Duration.ofSeconds(10);

    private final Environment environment;
    private final SecretText accessToken;
    private final Progress progress;
    private final ManagementOptions options;
    private final CallLog log = new CallLog();
    private final Failures failures;
    private final Transport transport;
    private final Requests requests;

    public ManagementClient(Environment environment, SecretText accessToken, Progress progress) {
        this(environment, accessToken, progress, ManagementOptions.DEFAULT);
    }

    /** Calls nothing yet. */
    public ManagementClient(
            Environment environment, SecretText accessToken, Progress progress, ManagementOptions options) {
        Service service = Service.management(environment);
        this.environment = environment;
        this.accessToken = accessToken;
        this.progress = progress;
        this.options = options;
        this.failures = new Failures(environment, service, accessToken, options);
        this.transport = new Transport(options);
        this.requests = new Requests(new Caller(service, transport, failures, progress, options, log), failures);
    }

    public Environment environment() {
        return environment;
    }

    /** @return how many requests were sent so far, those to {@link #storage} and repeated ones included */
    public int calls() {
        return log.calls();
    }

    /** {@code GET /v1/projects/{ref}}. */
    public ProjectStatus project() throws InterruptedException {
        return requests.send(Operation.READ_PROJECT, request(url()).get().build(), new TypeReference<>() {});
    }

    /**
     * {@code GET /v1/projects/{ref}/health}.
     *
     * @param services see {@link ServiceHealth#name()}; at least one
     * @param timeout  how long the platform probes, at most 10 s
     */
    public List<ServiceHealth> health(Collection<String> services, Duration timeout) throws InterruptedException {
        HttpUrl.Builder url = url("health");
        services.forEach(service -> url.addQueryParameter("services", service));
        long millis = Math.max(0, Math.min(timeout.toMillis(), LONGEST_HEALTH_TIMEOUT.toMillis()));
        url.addQueryParameter("timeout_ms", Long.toString(millis));
        return requests.send(Operation.READ_HEALTH, request(url).get().build(), new TypeReference<>() {});
    }

    /** {@code GET /v1/projects/{ref}/functions}: all functions of the project, whatever their status. */
    public List<DeployedFunction> functions() throws InterruptedException {
        return requests.send(
                Operation.LIST_FUNCTIONS, request(url("functions")).get().build(), new TypeReference<>() {});
    }

    /**
     * {@code POST /v1/projects/{ref}/functions/deploy?bundleOnly=true}: has the platform bundle a function without
     * activating it, so that what runs stays as it is.
     */
    public DeployedFunction bundleFunction(EdgeFunction function) throws InterruptedException {
        HttpUrl.Builder url = url("functions", "deploy")
                .addQueryParameter("slug", function.slug())
                .addQueryParameter("bundleOnly", "true");
        Request request = request(url).post(FunctionForm.of(function, Requests.JSON)).build();
        return requests.send(Operation.BUNDLE_FUNCTION, request, new TypeReference<>() {});
    }

    /**
     * {@code PUT /v1/projects/{ref}/functions}: creates or replaces these functions in one call. Those that are not
     * listed stay as they are: the OpenAPI document speaks of creating and replacing only, and the Supabase CLI, whose
     * deployments are additive (supabase/cli issue 3719), sends just the functions that it deploys and deletes others,
     * when asked to, by calls of their own.
     */
    public List<DeployedFunction> activateFunctions(List<DeployedFunction> functions) throws InterruptedException {
        Request request = request(url("functions")).put(Requests.json(functions)).build();
        ActivatedFunctions activated =
                requests.send(Operation.ACTIVATE_FUNCTIONS, request, new TypeReference<>() {});
        return activated.functions() == null ? List.of() : activated.functions();
    }

    private record ActivatedFunctions(List<DeployedFunction> functions) {}

    /**
     * {@code GET /v1/projects/{ref}/functions/{slug}/body}: the sources of what runs.
     *
     * @return empty where the platform has an archive only
     */
    public Optional<FunctionSources> functionSources(String slug) throws InterruptedException {
        Request request = request(url("functions", slug, "body"))
                .header("Accept", "multipart/form-data")
                .get()
                .build();
        Answer answer = requests.send(Operation.READ_FUNCTION, request);
        try {
            return Optional.ofNullable(FunctionSources.read(answer, Requests.JSON));
        } catch (IOException e) {
            throw failures.unreadable(Operation.READ_FUNCTION);
        }
    }

    /**
     * {@code DELETE /v1/projects/{ref}/functions/{slug}}.
     *
     * @return whether there was one
     */
    public boolean deleteFunction(String slug) throws InterruptedException {
        try {
            requests.send(Operation.DELETE_FUNCTION, request(url("functions", slug)).delete().build());
            return true;
        } catch (ManagementException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** {@code GET /v1/projects/{ref}/secrets}: names and digests; the platform gives no value back. */
    public List<StoredSecret> secrets() throws InterruptedException {
        return requests.send(Operation.LIST_SECRETS, request(url("secrets")).get().build(), new TypeReference<>() {});
    }

    /**
     * {@code POST /v1/projects/{ref}/secrets}: creates or replaces these secrets in one call, all of them or none.
     *
     * @param values by name; at most 100, or the API refuses them (reported in phasehq/console issue 1014)
     */
    public void setSecrets(Map<String, SecretText> values) throws InterruptedException {
        ArrayNode body = Requests.JSON.createArrayNode();
        values.forEach((name, value) -> body.addObject().put("name", name).put("value", value.reveal()));
        requests.send(Operation.SET_SECRETS, request(url("secrets")).post(Requests.json(body)).build());
    }

    /** {@code DELETE /v1/projects/{ref}/secrets}: those that do not exist are no failure. */
    public void deleteSecrets(Collection<String> names) throws InterruptedException {
        requests.send(Operation.DELETE_SECRETS, request(url("secrets")).delete(Requests.json(names)).build());
    }

    /**
     * {@code GET /v1/projects/{ref}/api-keys?reveal=true}: the project's secret key, for {@link #storage} of an
     * environment that has no credential with one.
     *
     * @return null where the project has none, or the token may not see it
     */
    public SecretText secretKey() throws InterruptedException {
        HttpUrl.Builder url = url("api-keys").addQueryParameter("reveal", "true");
        JsonNode keys = requests.send(Operation.READ_KEYS, request(url).get().build(), new TypeReference<>() {});
        return ApiKeys.secret(keys);
    }

    /**
     * {@code GET /v2/projects/{ref}/config}: every section at once, as it is in effect, secrets as an HMAC. Newer than
     * the OpenAPI document at hand and marked as alpha; the Supabase CLI uses it since 2.117.
     *
     * @return {@code data.attributes}: database, pooler, auth, api, realtime, storage, each with snake_case names
     */
    public ObjectNode effectiveConfig() throws InterruptedException {
        Request request = request(project("v2").addPathSegment("config")).get().build();
        JsonNode document = requests.send(Operation.READ_CONFIG, request, new TypeReference<>() {});
        if (document.path("data").path("attributes") instanceof ObjectNode attributes) {
            return attributes;
        }
        throw failures.unreadable(Operation.READ_CONFIG);
    }

    /** @return one section as the first version of the API shows it, without what is no setting */
    public ObjectNode config(ConfigSection section) throws InterruptedException {
        Request request = request(url().addPathSegments(section.readPath())).get().build();
        JsonNode answer = requests.send(section.read(), request, new TypeReference<>() {});
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
        Request.Builder request = request(url().addPathSegments(section.updatePath()));
        // What it answers is not read: it may be empty, and the Data API's holds the JWT secret.
        requests.send(section.update(), request.method(method, Requests.json(changes)).build());
    }

    /**
     * {@code POST /v1/projects/{ref}/database/backups/restore-point}: begins to make one. The OpenAPI document has it as
     * internal; which plans have it is not documented.
     *
     * @param name of at most {@link RestorePoint#LONGEST_NAME} characters
     * @return most likely pending still
     */
    public RestorePoint createRestorePoint(String name) throws InterruptedException {
        Request request =
                request(restorePoints()).post(Requests.json(Map.of("name", name))).build();
        return requests.send(Operation.CREATE_RESTORE_POINT, request, new TypeReference<>() {});
    }

    /** @return empty where the project has none of this name */
    public Optional<RestorePoint> restorePoint(String name) throws InterruptedException {
        Request request = request(restorePoints().addQueryParameter("name", name)).get().build();
        try {
            RestorePoint found = requests.send(Operation.READ_RESTORE_POINT, request, new TypeReference<>() {});
            return Optional.of(found).filter(point -> name.equals(point.name()));
        } catch (ManagementException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** {@code GET /v1/projects/{ref}/database/backups}. */
    public ManagedBackups managedBackups() throws InterruptedException {
        Request request = request(url("database", "backups")).get().build();
        return requests.send(Operation.LIST_BACKUPS, request, new TypeReference<>() {});
    }

    /**
     * {@code POST …/database/backups/restore}: begins to take the whole database back to a physical backup. The project
     * cannot be reached meanwhile. Whether it began is known only where this or {@link ManagementException#answered}
     * says so.
     */
    public void restoreBackup(long id) throws InterruptedException {
        restore("restore", Map.of("id", id));
    }

    /** {@code POST …/database/backups/restore-pitr}: the same with a moment, of which whole seconds count. */
    public void restoreMoment(Instant moment) throws InterruptedException {
        restore("restore-pitr", Map.of("recovery_time_target_unix", moment.getEpochSecond()));
    }

    /** {@code POST …/database/backups/undo}: the same with a restore point. */
    public void undoToRestorePoint(String name) throws InterruptedException {
        restore("undo", Map.of("name", name));
    }

    private void restore(String call, Map<String, Object> body) throws InterruptedException {
        Request request = request(url("database", "backups", call)).post(Requests.json(body)).build();
        requests.send(Operation.RESTORE, request);
    }

    private HttpUrl.Builder restorePoints() {
        return url("database", "backups", "restore-point");
    }

    /** @param apiKey a secret key of the project; null lets the first call fail with how to set one */
    public StorageClient storage(SecretText apiKey) {
        return new StorageClient(environment, apiKey, transport, progress, options, log);
    }

    /** @param apiKey as of {@link #storage} */
    public ObjectClient objects(SecretText apiKey) {
        return new ObjectClient(environment, apiKey, transport, options);
    }

    private HttpUrl.Builder url(String... segments) {
        HttpUrl.Builder url = project("v1");
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url;
    }

    private HttpUrl.Builder project(String version) {
        HttpUrl base = HttpUrl.parse(environment.managementUrl());
        if (base == null) {
            throw failures.badUrl();
        }
        String ref = environment.hostedProject().orElseThrow(failures::selfHosted);
        return base.newBuilder().addPathSegment(version).addPathSegment("projects").addPathSegment(ref);
    }

    private Request.Builder request(HttpUrl.Builder url) {
        return new Request.Builder()
                .url(url.build())
                .header("Authorization", "Bearer " + requests.usable(accessToken))
                .header("Accept", "application/json")
                .header("User-Agent", Requests.userAgent());
    }

    @Override
    public void close() {
        transport.close();
    }
}

package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Calls of a project's own Storage endpoint, which the Management API has no equal of: it lists buckets without their
 * limits, and changes none. Connections and the count of calls are those of the {@link ManagementClient} that made it.
 */
public final class StorageClient {
    private final Environment environment;
    private final SecretText apiKey;
    private final Failures failures;
    private final Requests requests;

    StorageClient(
            Environment environment,
            SecretText apiKey,
            Transport transport,
            Progress progress,
            ManagementOptions options,
            CallLog log) {
        Service service = Service.storage(environment);
        this.environment = environment;
        this.apiKey = apiKey;
        this.failures = new Failures(environment, service, apiKey, options);
        this.requests = new Requests(new Caller(service, transport, failures, progress, options, log), failures);
    }

    /** {@code GET /storage/v1/bucket}: all buckets with their settings. */
    public List<StoredBucket> buckets() throws InterruptedException {
        return requests.send(Operation.READ_BUCKETS, request(url()).get().build(), new TypeReference<>() {});
    }

    /**
     * {@code POST /storage/v1/bucket}.
     *
     * @param settings {@code public}, {@code file_size_limit}, {@code allowed_mime_types}: those that are to be set
     * @throws ManagementException with status 409 if there is a bucket of this name
     */
    public void createBucket(String name, ObjectNode settings) throws InterruptedException {
        ObjectNode body = Requests.JSON.createObjectNode().put("name", name);
        body.setAll(settings);
        requests.send(Operation.CREATE_BUCKET, request(url()).post(Requests.json(body)).build());
    }

    /**
     * {@code PUT /storage/v1/bucket/{id}}: settings that are not named stay; null takes a limit away.
     *
     * @param settings as above, at least one
     */
    public void updateBucket(String id, ObjectNode settings) throws InterruptedException {
        Request.Builder request = request(url().addPathSegment(id));
        requests.send(Operation.UPDATE_BUCKET, request.put(Requests.json(settings)).build());
    }

    private HttpUrl.Builder url() {
        HttpUrl base = environment.projectUrl() == null ? null : HttpUrl.parse(environment.projectUrl());
        if (base == null) {
            throw failures.badUrl();
        }
        return base.newBuilder().addPathSegments("storage/v1/bucket");
    }

    private Request.Builder request(HttpUrl.Builder url) {
        String key = requests.usable(apiKey);
        Request.Builder request = new Request.Builder()
                .url(url.build())
                .header("apikey", key)
                .header("Accept", "application/json")
                .header("User-Agent", Requests.userAgent());
        // As the Supabase CLI sends them: the new keys are no JWT and stand in apikey alone, the legacy ones in both.
        return key.startsWith("sb_") ? request : request.header("Authorization", "Bearer " + key);
    }
}

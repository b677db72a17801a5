package io.jenkins.plugins.supabase.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Faults;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A project of the stand-in with a real database, and checks of it. */
final class ProbedProject implements AutoCloseable {
    static final String REF = "abcdefghijklmnopqrst";

    final SupabaseStandIn standIn = SupabaseStandIn.start();
    final StandInProject project = standIn.createProject(REF);
    final TestDatabase database;
    final List<String> progress = Collections.synchronizedList(new ArrayList<>());

    ProbedProject() throws SQLException {
        database = TestDatabase.create();
        project.tables().serve("polls", "[{\"id\": 1}]");
        project.tables().serve("rpc/alive", "[]");
    }

    /** Makes a function live. */
    ProbedProject deploy(String slug, boolean verifyJwt) throws IOException {
        String metadata = "{\"name\": \"%s\", \"entrypoint_path\": \"index.ts\", \"verify_jwt\": %b}"
                .formatted(slug, verifyJwt);
        RequestBody source = RequestBody.create("export {}".getBytes(StandardCharsets.UTF_8));
        MultipartBody body = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("metadata", metadata)
                .addFormDataPart("file", "index.ts", source)
                .build();
        Request request = new Request.Builder()
                .url(standIn.managementUrl() + "/v1/projects/" + REF + "/functions/deploy?slug=" + slug)
                .header("Authorization", "Bearer " + standIn.accessToken())
                .post(body)
                .build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(201);
        }
        return this;
    }

    Faults faults() {
        return project.faults();
    }

    Environment environment() {
        return new Environment("staging", REF, standIn.managementUrl(), project.url(), database.url());
    }

    Environment selfHosted() {
        return new Environment(
                "laptop", null, Environment.DEFAULT_MANAGEMENT_URL, project.url(), database.url());
    }

    Access access() {
        return access(project.keys().secret());
    }

    Access access(String apiKey) {
        return new Access(
                new SecretText(standIn.accessToken()), "postgres", new SecretText("postgres"), new SecretText(apiKey));
    }

    /** Asks again soon. */
    HealthRequest request() {
        return HealthRequest.of(environment(), access()).withTable("polls").withPacing(quick(Duration.ofSeconds(20)));
    }

    /** Asks nothing again, as the pause would be longer than the check, so that nobody waits for a verdict. */
    static Pacing once() {
        return Pacing.DEFAULT.withTimeout(Duration.ofSeconds(30)).withPauses(Duration.ofHours(1), Duration.ofHours(1));
    }

    static Pacing quick(Duration timeout) {
        return Pacing.DEFAULT.withTimeout(timeout).withPauses(Duration.ofMillis(20), Duration.ofMillis(40));
    }

    HealthReport check(HealthRequest request) throws InterruptedException {
        return HealthCheck.run(request, progress::add);
    }

    static ProbeResult row(HealthReport report, String name) {
        return report.probes().stream()
                .filter(probe -> probe.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + name + " in " + report.probes()));
    }

    @Override
    public void close() {
        standIn.close();
    }
}

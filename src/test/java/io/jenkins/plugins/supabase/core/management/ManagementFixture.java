package io.jenkins.plugins.supabase.core.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.ScriptedApi;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A client and the stand-in that it talks to. */
abstract class ManagementFixture {
    static final String REF = "abcdefghijklmnopqrst";
    static final ManagementOptions IMPATIENT =
            new ManagementOptions(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(1500), null);

    final SupabaseStandIn standIn = SupabaseStandIn.start();
    final List<String> lines = new CopyOnWriteArrayList<>();

    ManagementFixture() {
        standIn.createProject(REF);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    Environment environment(String ref) {
        return new Environment("staging", ref, standIn.managementUrl(), null, null);
    }

    ManagementClient client() {
        return client(standIn.accessToken(), ManagementOptions.DEFAULT);
    }

    ManagementClient client(String token, ManagementOptions options) {
        return new ManagementClient(environment(REF), new SecretText(token), lines::add, options);
    }

    ManagementClient client(ScriptedApi api) {
        return at(api.url(), ManagementOptions.DEFAULT);
    }

    ManagementClient at(String url, ManagementOptions options) {
        return new ManagementClient(
                new Environment("staging", REF, url, null, null),
                new SecretText(standIn.accessToken()),
                lines::add,
                options);
    }

    /** Whatever fails, its message is one paragraph without the token. */
    ManagementException failure(ManagementClient client, Callable<?> call) {
        try (client) {
            ManagementException failure = catchThrowableOfType(ManagementException.class, call::call);
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain(standIn.accessToken()).doesNotContain("\n");
            return failure;
        }
    }

    ManagementException failureOfProject(ManagementOptions options) {
        ManagementClient client = client(standIn.accessToken(), options);
        return failure(client, client::project);
    }
}

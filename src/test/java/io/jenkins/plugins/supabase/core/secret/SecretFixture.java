package io.jenkins.plugins.supabase.core.secret;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.StandInSecrets;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** The secrets of a project of the stand-in, and the steps of a deployment around them. */
abstract class SecretFixture {
    static final String REF = "abcdefghijklmnopqrst";
    static final String SET = "POST /v1/projects/*/secrets";
    static final String DELETE = "DELETE /v1/projects/*/secrets";

    final SupabaseStandIn standIn = SupabaseStandIn.start();
    final StandInSecrets platform = standIn.createProject(REF).secrets();
    final List<String> lines = new CopyOnWriteArrayList<>();
    final ManagementClient client = new ManagementClient(
            new Environment("staging", REF, standIn.managementUrl(), null, null),
            new SecretText(standIn.accessToken()),
            lines::add,
            ManagementOptions.DEFAULT.withRetryFor(Duration.ofSeconds(5)));

    @AfterEach
    void stop() {
        client.close();
        standIn.close();
    }

    static WantedSecret wanted(String name, String value) {
        return new WantedSecret(name, "credential-of-" + name, new SecretText(value));
    }

    SecretPlan plan(boolean prune, WantedSecret... wanted) throws InterruptedException {
        return SecretPlanner.plan(Arrays.asList(wanted), client.secrets(), List.of(), prune);
    }

    List<RecordedSecret> apply(SecretPlan plan) throws InterruptedException {
        return new SecretApplier(client, lines::add, Duration.ofMillis(600)).apply(plan);
    }

    List<RecordedSecret> deploy(WantedSecret... wanted) throws InterruptedException {
        return apply(plan(false, wanted));
    }

    List<StoredSecret> live() throws InterruptedException {
        return client.secrets();
    }
}

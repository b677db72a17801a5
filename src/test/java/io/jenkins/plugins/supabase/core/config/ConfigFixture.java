package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A config.toml, a project of the stand-in, and a client between them. */
abstract class ConfigFixture {
    static final String REF = "abcdefghijklmnopqrst";
    static final DeployPolicy ALLOW_ALL = new DeployPolicy(false, List.of("*"), false, null);
    static final DeployPolicy PRODUCTION = new DeployPolicy(true, List.of(), false, null);

    @TempDir
    Path workspace;

    Path folder;
    SupabaseStandIn standIn;
    StandInProject project;
    ManagementClient client;
    /** What the last plan that was applied left to be remembered. */
    SortedMap<String, String> recorded = new TreeMap<>();

    final List<String> lines = new ArrayList<>();

    @BeforeEach
    void startStandIn() throws IOException {
        folder = Files.createDirectories(workspace.resolve("supabase"));
        standIn = SupabaseStandIn.start();
        project = standIn.createProject(REF);
        // Random files are compared faster than any real project would allow.
        standIn.rateLimits().enforce(100_000, Duration.ofMinutes(1));
        ManagementOptions options =
                new ManagementOptions(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10), null);
        client = new ManagementClient(
                new Environment("staging", REF, standIn.managementUrl(), project.url(), null),
                new SecretText(standIn.accessToken()), lines::add, options);
    }

    @AfterEach
    void stopStandIn() {
        client.close();
        standIn.close();
    }

    DeclaredConfig declared(String toml) throws IOException {
        return declared(toml, Variables.NONE);
    }

    DeclaredConfig declared(String toml, Variables variables) throws IOException {
        Files.writeString(folder.resolve("config.toml"), toml);
        return DeclaredConfig.read(folder, REF, variables);
    }

    ConfigPlan plan(String toml) throws Exception {
        return plan(toml, Variables.NONE, ALLOW_ALL);
    }

    ConfigPlan plan(String toml, Variables variables, DeployPolicy policy) throws Exception {
        return plan(declared(toml, variables), policy);
    }

    ConfigPlan plan(DeclaredConfig declared, DeployPolicy policy) throws Exception {
        return ConfigPlan.of(declared, DeclaredSettings.NONE, RemoteConfig.read(client), policy, recorded);
    }

    ConfigOutcome apply(ConfigPlan plan) throws InterruptedException {
        ConfigOutcome outcome = new ConfigApplier(client, lines::add, Duration.ofMillis(20)).apply(plan);
        recorded = new TreeMap<>(RemoteConfig.read(client).fingerprint(plan.hiddenKeys()));
        recorded.putAll(plan.secretFingerprints());
        return outcome;
    }

    static Variables secret(String name, String value) {
        return new Variables(Map.of(), Map.of(name, new SecretText(value)));
    }
}

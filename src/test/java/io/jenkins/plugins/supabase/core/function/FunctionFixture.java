package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import io.jenkins.plugins.supabase.local.standin.StandInFunction;
import io.jenkins.plugins.supabase.local.standin.StandInFunctions;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of functions, a project of the stand-in, and the steps of a deployment between them. */
abstract class FunctionFixture {
    static final String REF = "abcdefghijklmnopqrst";
    static final String LIST = "GET /v1/projects/*/functions";
    static final String BUNDLE = "POST /v1/projects/*/functions/deploy";
    static final String ACTIVATE = "PUT /v1/projects/*/functions";
    static final String BODY = "GET /v1/projects/*/functions/*/body";
    static final String DELETE = "DELETE /v1/projects/*/functions/*";
    static final Duration SETTLING = Duration.ofMillis(600);

    @TempDir
    Path root;

    final SupabaseStandIn standIn = SupabaseStandIn.start();
    final StandInFunctions platform = standIn.createProject(REF).functions();
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

    void write(String name, String content) {
        try {
            Path file = root.resolve("supabase/functions").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void configure(String toml) {
        write("../config.toml", toml);
    }

    void remove(String slug) {
        try (Stream<Path> files = Files.walk(root.resolve("supabase/functions").resolve(slug))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SupabaseProject project() {
        return SupabaseProject.read(root.resolve("supabase"));
    }

    FunctionPlan plan(List<RecordedFunction> recorded, boolean prune) throws InterruptedException {
        return FunctionPlanner.plan(project(), client.functions(), recorded, prune);
    }

    FunctionDeployer deployer() {
        return new FunctionDeployer(client, lines::add, SETTLING);
    }

    FunctionDeployment deploy(List<RecordedFunction> recorded) throws InterruptedException {
        FunctionDeployer deployer = deployer();
        return deployer.activate(deployer.bundle(plan(recorded, false)));
    }

    List<String> live() {
        return platform.live().stream().map(StandInFunction::slug).toList();
    }
}

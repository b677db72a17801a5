package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Calls of Supabase's Management API for one environment. Every call may be made from several threads, repeats itself
 * where that is safe, stops at once with {@link InterruptedException} when its thread is interrupted, and otherwise
 * fails with a {@link io.jenkins.plugins.supabase.core.operation.DeliveryException} that is fit to be shown.
 */
public final class ManagementClient implements AutoCloseable {
    public ManagementClient(Environment environment, SecretText accessToken, Progress progress) {
        this(environment, accessToken, progress, ManagementOptions.DEFAULT);
    }

    public ManagementClient(
            Environment environment, SecretText accessToken, Progress progress, ManagementOptions options) {}

    public ProjectStatus project() throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * @param services see {@link ServiceHealth#name()}
     * @param timeout  how long the platform probes, at most 10 s
     */
    public List<ServiceHealth> health(Collection<String> services, Duration timeout) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    /** All functions of the project, whatever their status. */
    public List<DeployedFunction> functions() throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    /** Has the platform bundle a function without activating it: what runs stays as it is. */
    public DeployedFunction bundleFunction(EdgeFunction function) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    /** Creates or replaces these functions in one call; those that are not listed stay as they are. */
    public List<DeployedFunction> activateFunctions(List<DeployedFunction> functions) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    @Override
    public void close() {}
}

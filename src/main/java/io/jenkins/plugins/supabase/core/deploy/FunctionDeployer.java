package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.util.List;

/** Brings a project's edge functions live, all of them or none. */
public final class FunctionDeployer {
    public FunctionDeployer(ManagementClient client, Progress progress) {}

    /**
     * @return one outcome a function, in the order given
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException naming each function that was refused;
     *     none was activated then
     */
    public List<FunctionOutcome> deploy(List<EdgeFunction> functions) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }
}

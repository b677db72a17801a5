package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.FunctionBundles;
import io.jenkins.plugins.supabase.core.function.FunctionDeployer;
import io.jenkins.plugins.supabase.core.function.FunctionDeployment;
import io.jenkins.plugins.supabase.core.function.FunctionSnapshot;

/** How bundled edge functions take the place of those that run. */
interface FunctionSwitch {
    FunctionDeployment bring(FunctionBundles bundles, FunctionSnapshot before) throws InterruptedException;

    /** @return what was done to functions, in a few words that follow their number */
    default String done() {
        return "brought live";
    }

    /** @return whether it also deletes the shadows that an interrupted blue-green deployment left */
    default boolean cleansUp(FunctionBundles bundles) {
        return false;
    }

    /** All at once. */
    static FunctionSwitch direct(FunctionDeployer deployer) {
        return (bundles, before) -> deployer.activate(bundles);
    }
}

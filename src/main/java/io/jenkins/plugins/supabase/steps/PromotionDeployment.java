package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Supplier;

/** The page of the deployment that a promotion has come to: begun once, and ended however the promotion ends. */
final class PromotionDeployment implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether the page says that it runs. */
    private volatile boolean running;

    /** @return the address of its page, relative to the build */
    String begin(KeptDeployment page) throws IOException, InterruptedException {
        String address = page.begin();
        running = true;
        return address;
    }

    void end(KeptDeployment page, PromotionResult result) throws InterruptedException {
        running = false;
        if (result.deployment() != null) {
            page.end(result.deployment());
        } else {
            page.endWithout(new AbortException(result.message()), () -> null);
        }
    }

    /** @param recorded see {@link KeptDeployment#endWithout} */
    void endWithout(KeptDeployment page, Throwable cause, Supplier<DeployResult> recorded) {
        if (running) {
            running = false;
            page.endWithout(cause, recorded);
        }
    }
}

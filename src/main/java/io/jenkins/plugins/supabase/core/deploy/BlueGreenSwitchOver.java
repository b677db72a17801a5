package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.BlueGreen;
import io.jenkins.plugins.supabase.core.function.FunctionBundles;
import io.jenkins.plugins.supabase.core.function.FunctionDeployment;
import io.jenkins.plugins.supabase.core.function.FunctionSnapshot;
import io.jenkins.plugins.supabase.core.function.StagedFunctions;
import io.jenkins.plugins.supabase.core.health.HealthCheck;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.health.ProbeKind;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;

/** Runs functions under shadow slugs, asks them there whether they are well, and only then switches to them. */
final class BlueGreenSwitchOver implements FunctionSwitch {
    private final BlueGreen blueGreen;
    private final HealthRequest rules;
    private final Progress progress;
    private final Path scratch;

    /**
     * @param rules   of the environment; which functions are asked is decided here
     * @param scratch an empty folder, which the caller deletes
     */
    BlueGreenSwitchOver(BlueGreen blueGreen, HealthRequest rules, Progress progress, Path scratch) {
        this.blueGreen = blueGreen;
        this.rules = rules;
        this.progress = progress;
        this.scratch = scratch;
    }

    @Override
    public FunctionDeployment bring(FunctionBundles bundles, FunctionSnapshot before) throws InterruptedException {
        StagedFunctions staged = blueGreen.stage(bundles);
        try {
            probe(staged.shadows());
        } catch (DeliveryException e) {
            blueGreen.abandon(staged);
            throw e;
        }
        return blueGreen.switchOver(staged, before, scratch);
    }

    @Override
    public String done() {
        return "probed beside what ran, then switched to; versions before run on as <slug>--previous";
    }

    /** Where nothing is staged, nothing is cleaned up before. */
    @Override
    public boolean cleansUp(FunctionBundles bundles) {
        return bundles.bringAnything();
    }

    private void probe(Map<String, String> shadows) throws InterruptedException {
        if (shadows.isEmpty()) {
            return;
        }
        HealthReport health = HealthCheck.run(
                rules.withSkip(EnumSet.complementOf(EnumSet.of(ProbeKind.FUNCTIONS)))
                        .withFunctions(shadows.values()),
                progress);
        health.table().forEach(progress::line);
        if (!health.healthy()) {
            throw new DeliveryException("The new edge functions are not well beside those that run, so none was switched to"
                    + " and all that ran before still run. " + health.summary());
        }
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.config.ConfigApplier;
import io.jenkins.plugins.supabase.core.config.ConfigOutcome;
import io.jenkins.plugins.supabase.core.config.ConfigPlan;
import io.jenkins.plugins.supabase.core.operation.Count;
import java.nio.charset.StandardCharsets;

/** The project's settings: of config.toml and of the settings file, one call a section. */
final class ConfigPart implements Part {
    static final String SNAPSHOT = "config";

    private final ConfigApplier applier;
    private final ConfigPlan plan;

    ConfigPart(ConfigApplier applier, ConfigPlan plan) {
        this.applier = applier;
        this.plan = plan;
    }

    @Override
    public String kind() {
        return "config";
    }

    @Override
    public boolean hasWork() {
        return !plan.isEmpty();
    }

    @Override
    public void snapshot(Journal journal) {
        if (hasWork()) {
            journal.saveSnapshot(SNAPSHOT, SNAPSHOT, plan.snapshot().toJson().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void apply(Steps steps) throws InterruptedException {
        steps.run(kind(), "", () -> {
            ConfigOutcome outcome = applier.apply(plan);
            outcome.requireSuccess();
            return Count.of(plan.changes().size() + plan.settings().size(), "key") + " set";
        });
    }
}

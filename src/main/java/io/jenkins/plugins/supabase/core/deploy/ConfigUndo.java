package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.config.ConfigApplier;
import io.jenkins.plugins.supabase.core.config.ConfigPlan;
import io.jenkins.plugins.supabase.core.config.ConfigSnapshot;
import io.jenkins.plugins.supabase.core.config.RemoteConfig;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts back the settings that deployments changed. */
final class ConfigUndo implements Undo {
    private final ManagementClient client;
    private final Progress progress;
    private final ConfigSnapshot snapshot;
    private final ConfigPlan plan;

    private ConfigUndo(ManagementClient client, Progress progress, ConfigSnapshot snapshot, ConfigPlan plan) {
        this.client = client;
        this.progress = progress;
        this.snapshot = snapshot;
        this.plan = plan;
    }

    /** @return empty where no deployment changed any */
    static Optional<Undo> of(Snapshots snapshots, ManagementClient client, Progress progress)
            throws InterruptedException {
        List<ConfigSnapshot> kept = snapshots.of(ConfigPart.SNAPSHOT).stream()
                .map(contents -> contents.get(ConfigPart.SNAPSHOT))
                .map(json -> ConfigSnapshot.fromJson(new String(json, StandardCharsets.UTF_8)))
                .toList();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        ConfigSnapshot before = ConfigSnapshot.merge(kept);
        return Optional.of(new ConfigUndo(client, progress, before, before.plan(RemoteConfig.read(client), Map.of())));
    }

    @Override
    public String kind() {
        return "config";
    }

    @Override
    public List<String> changes() {
        return Stream.concat(
                        plan.changes().stream()
                                .map(change -> change.key() + ": " + change.from() + " → " + change.to()),
                        plan.settings().stream()
                                .map(change -> change.key() + ": " + change.from() + " → " + change.to()))
                .toList();
    }

    @Override
    public List<String> remains() {
        return snapshot.notRestorable(Set.of()).stream()
                .map(key -> key + " (a secret, whose value Supabase does not give back: deploy the release that set it)")
                .toList();
    }

    @Override
    public String run() throws InterruptedException {
        new ConfigApplier(client, progress).apply(plan).requireSuccess();
        return Count.of(changes().size(), "key") + " put back";
    }
}

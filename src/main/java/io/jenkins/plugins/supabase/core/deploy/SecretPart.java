package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import io.jenkins.plugins.supabase.core.secret.SecretApplier;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.secret.SecretPlan;
import java.util.List;

final class SecretPart implements Part {
    private final SecretApplier applier;
    private final SecretPlan plan;
    private List<RecordedSecret> record;

    SecretPart(SecretApplier applier, SecretPlan plan) {
        this.applier = applier;
        this.plan = plan;
    }

    @Override
    public String kind() {
        return "secrets";
    }

    @Override
    public boolean hasWork() {
        return !work().isEmpty();
    }

    private List<SecretChange> work() {
        return plan.changes().stream()
                .filter(change -> !change.stays())
                .toList();
    }

    @Override
    public void snapshot(Journal journal) {
        if (hasWork()) {
            SecretUndo.save(work(), journal);
        }
    }

    @Override
    public void apply(Steps steps) throws InterruptedException {
        steps.run(kind(), "", () -> {
            record = applier.apply(plan);
            return Count.of(work().size(), "change");
        });
    }

    /** @return null before they were applied */
    List<RecordedSecret> record() {
        return record;
    }
}

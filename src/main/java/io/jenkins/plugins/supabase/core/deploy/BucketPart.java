package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.bucket.BucketApplier;
import io.jenkins.plugins.supabase.core.bucket.BucketChange;
import io.jenkins.plugins.supabase.core.bucket.BucketPlan;
import io.jenkins.plugins.supabase.core.operation.Count;
import java.util.stream.Collectors;

final class BucketPart implements Part {
    private final BucketApplier applier;
    private final BucketPlan plan;

    BucketPart(BucketApplier applier, BucketPlan plan) {
        this.applier = applier;
        this.plan = plan;
    }

    @Override
    public String kind() {
        return "buckets";
    }

    @Override
    public boolean hasWork() {
        return !plan.changes().isEmpty();
    }

    @Override
    public void snapshot(Journal journal) {
        if (hasWork()) {
            BucketUndo.save(plan, journal);
        }
    }

    @Override
    public void apply(Steps steps) throws InterruptedException {
        steps.run(kind(), "", () -> {
            applier.apply(plan);
            return Count.of(plan.changes().size(), "bucket") + " set: "
                    + plan.changes().stream().map(BucketChange::name).collect(Collectors.joining(", "));
        });
    }
}

package io.jenkins.plugins.supabase.core.bucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.config.DeclaredBucket;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.management.StorageClient;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Creates and changes storage buckets, one call a bucket, and makes sure of it by listing them again. Applying again
 * after any failure finishes the job.
 */
public final class BucketApplier {
    private final StorageClient client;
    private final Progress progress;

    public BucketApplier(StorageClient client, Progress progress) {
        this.client = client;
        this.progress = progress;
    }

    /**
     * Calls nothing where nothing differs.
     *
     * @throws DeliveryException naming the buckets that are not as they should be
     */
    public void apply(BucketPlan plan) throws InterruptedException {
        if (plan.changes().isEmpty()) {
            return;
        }
        List<BucketChange> done = new ArrayList<>();
        for (BucketChange change : plan.changes()) {
            try {
                apply(change, plan);
            } catch (ManagementException e) {
                throw done.isEmpty() ? e : partly(done, e);
            }
            done.add(change);
            progress.line("Storage bucket %s %s: %s.".formatted(
                    change.name(),
                    change.isNew() ? "created" : "changed",
                    change.settings().stream()
                            .map(setting -> setting.key() + " = " + setting.to())
                            .collect(Collectors.joining("; "))));
        }
        verify(plan);
    }

    private void apply(BucketChange change, BucketPlan plan) throws InterruptedException {
        ObjectNode settings = BucketSettings.json(plan.declared(change.name()), change.settings());
        if (!change.isNew()) {
            client.updateBucket(plan.live(change.name()).id(), settings);
            return;
        }
        try {
            client.createBucket(change.name(), settings);
        } catch (ManagementException e) {
            // A lost answer, or another deployment that was interrupted there: the list tells.
            boolean mayExist = e.status() == 409 || e.status() == 0 || e.status() >= 500;
            if (!mayExist || !isAsDeclared(plan.declared(change.name()))) {
                throw e;
            }
        }
    }

    private boolean isAsDeclared(DeclaredBucket bucket) throws InterruptedException {
        return BucketPlanner.plan(List.of(bucket), client.buckets()).changes().isEmpty();
    }

    private static DeliveryException partly(List<BucketChange> done, ManagementException e) {
        return new DeliveryException(
                e.getMessage() + " Storage buckets that were created or changed before that stay so: "
                        + done.stream().map(BucketChange::name).collect(Collectors.joining(", ")) + ".",
                e);
    }

    private void verify(BucketPlan plan) throws InterruptedException {
        Map<String, StoredBucket> now = client.buckets().stream().collect(Collectors.toMap(StoredBucket::name, b -> b));
        List<String> wrong = plan.changes().stream()
                .map(BucketChange::name)
                .filter(name -> !now.containsKey(name)
                        || !BucketSettings.differences(plan.declared(name), now.get(name)).isEmpty())
                .toList();
        if (!wrong.isEmpty()) {
            throw new DeliveryException(("Storage accepted the change of %s, but %d of them are not as they should be: "
                            + "%s. Deploy again: it changes what is left.")
                    .formatted(Count.of(plan.changes().size(), "bucket"), wrong.size(), String.join(", ", wrong)));
        }
    }
}

package io.jenkins.plugins.supabase.core.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.bucket.BucketApplier;
import io.jenkins.plugins.supabase.core.bucket.BucketChange;
import io.jenkins.plugins.supabase.core.bucket.BucketPlan;
import io.jenkins.plugins.supabase.core.bucket.BucketPlanner;
import io.jenkins.plugins.supabase.core.management.StorageClient;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives storage buckets the settings that they had. New ones stay, with what is in them by now. */
final class BucketUndo implements Undo {
    private static final String KIND = "buckets";
    private static final String CREATED = "created";
    private static final JsonMapper JSON = new JsonMapper();

    private final StorageClient storage;
    private final Progress progress;
    private final BucketPlan plan;
    private final Collection<String> created;

    private BucketUndo(StorageClient storage, Progress progress, BucketPlan plan, Collection<String> created) {
        this.storage = storage;
        this.progress = progress;
        this.plan = plan;
        this.created = created;
    }

    static void save(BucketPlan plan, Journal journal) {
        journal.saveSnapshot(KIND, KIND, bytes(plan.snapshot()));
        journal.saveSnapshot(
                KIND,
                CREATED,
                bytes(plan.changes().stream().filter(BucketChange::isNew).map(BucketChange::name).toList()));
    }

    /** @return empty where no deployment changed any */
    static Optional<Undo> of(Snapshots snapshots, Undos.StorageSource source, Progress progress)
            throws InterruptedException {
        List<SortedMap<String, byte[]>> kept = snapshots.of(KIND);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Map<String, StoredBucket> before = new TreeMap<>();
        TreeMap<String, Boolean> created = new TreeMap<>();
        for (SortedMap<String, byte[]> contents : kept) {
            for (StoredBucket bucket : read(contents.get(KIND), new TypeReference<List<StoredBucket>>() {})) {
                if (!created.containsKey(bucket.name())) {
                    before.putIfAbsent(bucket.name(), bucket);
                }
            }
            read(contents.get(CREATED), new TypeReference<List<String>>() {}).forEach(name -> created.put(name, true));
        }
        StorageClient storage = source.open();
        List<StoredBucket> live = storage.buckets();
        created.keySet().removeIf(name -> live.stream().noneMatch(bucket -> bucket.name().equals(name)));
        return Optional.of(new BucketUndo(
                storage, progress, BucketPlanner.takingBack(before.values(), live), created.keySet()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<String> changes() {
        return plan.changes().stream()
                .map(change -> change.name() + ": "
                        + change.settings().stream()
                                .map(setting -> setting.key() + " " + setting.from() + " → " + setting.to())
                                .collect(Collectors.joining(", ")))
                .toList();
    }

    @Override
    public List<String> remains() {
        return created.stream()
                .map(name -> "bucket " + name + " (a bucket is never deleted, as objects may be in it by now)")
                .toList();
    }

    @Override
    public String run() throws InterruptedException {
        new BucketApplier(storage, progress).apply(plan);
        return String.join("; ", changes());
    }

    private static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(byte[] json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

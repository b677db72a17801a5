package io.jenkins.plugins.supabase.core.bucket;

import io.jenkins.plugins.supabase.core.config.DeclaredBucket;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What Storage takes as a bucket: its own check of names (supabase/storage, storage/limits.ts) and of types. */
final class BucketRules {
    private static final Pattern NAME = Pattern.compile("[\\w!.*'() &$@=;:+,?-]{1,100}");
    private static final Pattern TYPE = Pattern.compile("[\\w!#$&^.+-]+/(\\*|[\\w!#$&^.+-]+)");

    private BucketRules() {}

    static void check(Collection<DeclaredBucket> buckets) {
        List<String> problems = new ArrayList<>();
        for (DeclaredBucket bucket : buckets) {
            String where = "[storage.buckets.%s]".formatted(bucket.name());
            if (!NAME.matcher(bucket.name()).matches() || !bucket.name().strip().equals(bucket.name())) {
                problems.add(where + " is no name that Storage takes: up to 100 letters, digits, spaces and some "
                        + "signs, no slash.");
            }
            if (bucket.fileSizeLimit() != null && bucket.fileSizeLimit() < 0) {
                problems.add(where + " has a negative file_size_limit.");
            }
            if (bucket.allowedMimeTypes() != null) {
                bucket.allowedMimeTypes().stream()
                        .filter(type -> !TYPE.matcher(type).matches())
                        .forEach(type -> problems.add(where
                                + " allows \"%s\", which is not of the form image/png or image/*.".formatted(type)));
            }
        }
        if (!problems.isEmpty()) {
            throw new DeliveryException(String.join(" ", problems) + " Nothing was changed. Correct config.toml.");
        }
    }
}

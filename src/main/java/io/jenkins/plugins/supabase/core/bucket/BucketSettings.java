package io.jenkins.plugins.supabase.core.bucket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.bucket.BucketChange.Setting;
import io.jenkins.plugins.supabase.core.config.DeclaredBucket;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Compares and writes the settings of one bucket. The names are those of the Storage API and of config.toml. */
final class BucketSettings {
    static final String PUBLIC = "public";
    static final String SIZE = "file_size_limit";
    static final String TYPES = "allowed_mime_types";

    private static final StoredBucket FRESH = new StoredBucket(null, null, false, null, null);

    private BucketSettings() {}

    /** @param now null where there is no such bucket */
    static List<Setting> differences(DeclaredBucket wanted, StoredBucket now) {
        StoredBucket from = now == null ? FRESH : now;
        List<Setting> settings = new ArrayList<>();
        add(settings, now, PUBLIC, from.isPublic(), wanted.isPublic() == null ? Boolean.valueOf(from.isPublic()) : wanted.isPublic());
        add(settings, now, SIZE, text(from.fileSizeLimit()),
                text(wanted.fileSizeLimit() == null ? from.fileSizeLimit() : wanted.fileSizeLimit()));
        add(settings, now, TYPES, text(from.allowedMimeTypes()),
                text(wanted.allowedMimeTypes() == null ? from.allowedMimeTypes() : wanted.allowedMimeTypes()));
        return settings;
    }

    private static void add(List<Setting> settings, StoredBucket now, String key, Object from, Object to) {
        boolean says = now == null && key.equals(PUBLIC);
        if (says || !Objects.equals(from, to)) {
            settings.add(new Setting(key, now == null ? null : from.toString(), to.toString()));
        }
    }

    private static String text(Long bytes) {
        return bytes == null || bytes == 0 ? "no limit" : bytes + " bytes";
    }

    private static String text(List<String> types) {
        return types == null || types.isEmpty() ? "every type" : String.join(", ", new TreeSet<>(types));
    }

    /** @param keys those to send, of the declared ones */
    static ObjectNode json(DeclaredBucket wanted, List<Setting> keys) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Setting setting : keys) {
            switch (setting.key()) {
                case PUBLIC -> json.put(PUBLIC, Boolean.TRUE.equals(wanted.isPublic()));
                case SIZE -> put(json, wanted.fileSizeLimit());
                default -> put(json, wanted.allowedMimeTypes());
            }
        }
        return json;
    }

    private static void put(ObjectNode json, Long bytes) {
        if (bytes == null || bytes == 0) {
            json.putNull(SIZE);
        } else {
            json.put(SIZE, bytes);
        }
    }

    private static void put(ObjectNode json, List<String> types) {
        if (types == null || types.isEmpty()) {
            json.putNull(TYPES);
        } else {
            ArrayNode array = json.putArray(TYPES);
            types.forEach(array::add);
        }
    }

    /** @return what brings a bucket back to this */
    static DeclaredBucket declaring(StoredBucket bucket) {
        return new DeclaredBucket(
                bucket.name(),
                bucket.isPublic(),
                bucket.fileSizeLimit() == null ? Long.valueOf(0) : bucket.fileSizeLimit(),
                bucket.allowedMimeTypes() == null ? List.of() : bucket.allowedMimeTypes());
    }
}

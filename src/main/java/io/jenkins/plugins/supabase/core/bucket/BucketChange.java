package io.jenkins.plugins.supabase.core.bucket;

import java.util.List;

/** A storage bucket that {@code config.toml} declares and that does not exist or differs; buckets are never deleted. */
public record BucketChange(String name, boolean isNew, List<Setting> settings) {
    public BucketChange {
        settings = List.copyOf(settings);
    }

    /** @return whether an existing bucket becomes readable for everybody: a weakening of {@link #policyKey} */
    public boolean opens() {
        return !isNew
                && settings.stream()
                        .anyMatch(setting -> setting.key().equals("public") && setting.to().equals("true"));
    }

    /** @return the key that an administrator's {@code allowWeaker} must name for {@link #opens} */
    public String policyKey() {
        return "storage.buckets." + name + ".public";
    }

    /**
     * @param key  public, file_size_limit or allowed_mime_types
     * @param from null for a new bucket
     */
    public record Setting(String key, String from, String to) {}
}

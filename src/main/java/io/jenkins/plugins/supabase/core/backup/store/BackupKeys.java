package io.jenkins.plugins.supabase.core.backup.store;

/** Names of an environment's objects in a destination: see docs/backup-format.md. */
record BackupKeys(String environment) {
    /** How the key of a manifest's signature ends. */
    static final String SIGNATURE = ".sig";

    private static final int FAN_OUT_DIGITS = 2;
    private static final String JSON = ".json";

    String parts() {
        return root() + "parts/";
    }

    String part(String sha256) {
        return parts() + sha256.substring(0, FAN_OUT_DIGITS) + "/" + sha256;
    }

    String manifests() {
        return root() + "manifests/";
    }

    String manifest(String id) {
        return manifests() + id + JSON;
    }

    String signature(String id) {
        return manifests() + id + SIGNATURE;
    }

    String verifications(String id) {
        return root() + "verifications/" + id + "/";
    }

    String unfinished() {
        return root() + "unfinished/";
    }

    String unfinished(String id) {
        return unfinished() + id;
    }

    /** @return the id, or null where the key is none of a manifest */
    String idOf(String key) {
        if (!key.startsWith(manifests()) || !key.endsWith(JSON)) {
            return null;
        }
        String id = key.substring(manifests().length(), key.length() - JSON.length());
        return BackupId.is(id) ? id : null;
    }

    String root() {
        return "backups/" + environment + "/";
    }
}
